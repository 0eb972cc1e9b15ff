import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTRPC } from '../../api.ts'
import { Badge } from '../../components/Badge.tsx'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/TextField.tsx'
import { failureOf } from '../../failure.ts'
import { useRootData } from '../../root-data.ts'

interface ConnectProps {
  coaches: readonly { id: string; name: string }[]
}

/** The way to a connection: to prove one's address first, then to ask the coach (014). */
export default function Connect({ coaches }: ConnectProps) {
  const viewer = useRootData()?.viewer
  return viewer ? <AskToConnect coaches={coaches} /> : <SignInByMail />
}

function SignInByMail() {
  const trpc = useTRPC()
  const link = useMutation(trpc.auth.requestLink.mutationOptions())
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')

  if (link.isSuccess) {
    return (
      <p role="status" className="flex gap-3 rounded-control bg-good-soft p-4 text-good">
        <MailCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
        <span className="text-ink">
          A link to sign in is on its way to {link.variables.email}. Open it, then come back to this page and
          ask to connect.
        </span>
      </p>
    )
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    link.mutate({ name, email })
  }
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-3">
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        isRequired
        value={name}
        onChange={setName}
      />
      <TextField
        label="Your e-mail address"
        type="email"
        name="email"
        autoComplete="email"
        isRequired
        value={email}
        onChange={setEmail}
        error={link.isError ? failureOf(link.error).message : null}
      />
      <Button type="submit" variant="primary" isPending={link.isPending}>
        Send me a link to sign in
      </Button>
    </form>
  )
}

function AskToConnect({ coaches }: ConnectProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const mine = useQuery({
    ...trpc.connections.mine.queryOptions(),
    refetchInterval: ({ state }) =>
      state.data?.connections.some(({ status }) => status === 'requested') ? 2_000 : false,
  })
  const ask = useMutation(trpc.connections.request.mutationOptions({ onSuccess: () => mine.refetch() }))
  const statusOf = (coachId: string) =>
    mine.data?.connections.find(connection => connection.coachId === coachId)?.status
  const accepted = coaches.filter(({ id }) => statusOf(id) === 'accepted').length

  useEffect(() => {
    if (accepted > 0) void queryClient.invalidateQueries(trpc.slots.list.queryFilter())
  }, [accepted, queryClient, trpc])

  return (
    <ul className="flex flex-col gap-2">
      {coaches.map(({ id, name }) => (
        <li
          key={id}
          className="flex min-h-14 items-center justify-between gap-3 rounded-control border border-line px-4"
        >
          <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
          {statusOf(id) === 'requested' ? (
            <Badge tone="wait">Asked, waiting for an answer</Badge>
          ) : (
            <Button
              size="small"
              variant="primary"
              isPending={ask.isPending && ask.variables.coachId === id}
              isDisabled={mine.isPending}
              onPress={() => ask.mutate({ coachId: id })}
            >
              {statusOf(id) === 'invited' ? 'Accept the invitation' : 'Ask to connect'}
            </Button>
          )}
        </li>
      ))}
      {ask.isError && (
        <li role="alert" className="text-sm font-medium text-bad">
          {failureOf(ask.error).message}
        </li>
      )}
    </ul>
  )
}
