import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ban, Link2 } from 'lucide-react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { useStaff } from '../shell.tsx'
import type { WaitingConnection } from './use-waiting-connections.ts'

/** Clients who ask to be connected with a coach, so that they may book what is for connected clients (C30). */
export function ConnectionRequests({ waiting }: { waiting: WaitingConnection[] }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { coaches } = useStaff()
  const answering = useMutation(trpc.connections.answer.mutationOptions())
  if (waiting.length === 0) return null

  async function answer(client: WaitingConnection, status: 'accepted' | 'blocked') {
    try {
      await answering.mutateAsync({ coachId: client.coachId, clientId: client.clientId, status })
      toast({
        text:
          status === 'accepted'
            ? `${client.clientName} is connected, and is told by e-mail.`
            : `${client.clientName} is not connected and is not told.`,
        ...(status === 'blocked' && {
          tone: 'plain' as const,
          action: { label: 'Connect after all', onPress: () => void answer(client, 'accepted') },
        }),
      })
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
    await queryClient.invalidateQueries({ queryKey: trpc.connections.list.pathKey() })
  }

  return (
    <section aria-labelledby="connection-requests" className="mb-6">
      <h2 id="connection-requests" className="mb-3 text-lg font-semibold">
        {waiting.length === 1 ? 'One client asks' : `${waiting.length} clients ask`} to connect
      </h2>
      <ul className="flex flex-col gap-3">
        {waiting.map(client => (
          <li key={`${client.coachId} ${client.clientId}`}>
            <Card className="flex flex-wrap items-center justify-between gap-3 p-4">
              <div className="min-w-0">
                <p className="font-semibold">{client.clientName}</p>
                <p className="text-sm break-words text-muted">
                  {client.clientEmail}
                  {coaches.length > 1 &&
                    `, with ${coaches.find(({ id }) => id === client.coachId)?.name ?? ''}`}
                </p>
              </div>
              <div className="flex gap-2">
                <Button size="small" onPress={() => void answer(client, 'blocked')}>
                  <Ban aria-hidden /> Block
                </Button>
                <Button size="small" variant="primary" onPress={() => void answer(client, 'accepted')}>
                  <Link2 aria-hidden /> Connect
                </Button>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}
