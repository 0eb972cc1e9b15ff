import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plane, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { type Formats, localDateIn } from '../../../formats.ts'
import { useView } from '../../../view.tsx'
import { useImpact } from '../impact/use-impact.tsx'
import type { Hours } from './route.tsx'
import { TimeOffDialog } from './TimeOffDialog.tsx'

interface TimeOffProps {
  coachId: string
  hours: Hours
}

/** Holidays and other times away. */
export function TimeOff({ coachId, hours }: TimeOffProps) {
  const { formats } = useView()
  const [adding, setAdding] = useState(false)
  const { add, remove, isPending } = useTimeOff(coachId)
  const impact = useImpact()

  return (
    <Panel
      title="Time off"
      hint="Nothing can be booked meanwhile. What is booked already stays."
      actions={
        <Button size="small" onPress={() => setAdding(true)}>
          <Plane aria-hidden="true" />
          Add time off
        </Button>
      }
    >
      {hours.timeOff.length === 0 ? (
        <p className="text-muted">None planned.</p>
      ) : (
        <ul className="divide-y divide-line">
          {hours.timeOff.map(off => {
            const words = offInWords(off, formats.in(hours.timeZone))
            return (
              <li key={off.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
                <span className="flex-1 font-medium" suppressHydrationWarning>
                  {words}
                  {off.note && <span className="block text-sm font-normal text-muted">{off.note}</span>}
                </span>
                <Button
                  variant="quiet"
                  size="small"
                  aria-label={`Remove time off ${words}`}
                  onPress={async () => {
                    if (!(await remove(off.id))) return
                    const { startsAt, endsAt, note } = off
                    toast({
                      text: 'You can be booked again then.',
                      action: { label: 'Undo', onPress: () => void add({ startsAt, endsAt, note }) },
                    })
                  }}
                >
                  <Trash2 aria-hidden="true" />
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      {adding && (
        <TimeOffDialog
          timeZone={hours.timeZone}
          isPending={isPending || impact.isLooking}
          onClose={() => setAdding(false)}
          onAdd={async off => {
            const { startsAt, endsAt } = off
            const change = { of: 'timeOff' as const, coachId, startsAt, endsAt }
            await impact.saveKnowing(change, async () => {
              if (!(await add(off))) return false
              setAdding(false)
              toast({ text: 'Your time off is saved.' })
              return true
            })
          }}
        />
      )}
      {impact.dialog}
    </Panel>
  )
}

export interface NewTimeOff {
  startsAt: string
  endsAt: string
  note: string
}

function useTimeOff(coachId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const adding = useMutation(trpc.hours.addTimeOff.mutationOptions())
  const removing = useMutation(trpc.hours.removeTimeOff.mutationOptions())

  async function saved(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call()
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
      return false
    }
    await queryClient.invalidateQueries({ queryKey: trpc.hours.get.queryKey({ coachId }) })
    void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
    return true
  }

  return {
    isPending: adding.isPending,
    add: (off: NewTimeOff) => saved(() => adding.mutateAsync({ coachId, ...off })),
    remove: (id: string) => saved(() => removing.mutateAsync({ coachId, id })),
  }
}

/** Whole days as days, anything else with its times. */
function offInWords({ startsAt, endsAt }: { startsAt: string; endsAt: string }, formats: Formats): string {
  const last = new Date(Date.parse(endsAt) - 1)
  if (isMidnight(startsAt, formats.zone) && isMidnight(endsAt, formats.zone)) {
    const oneDay = localDateIn(startsAt, formats.zone) === localDateIn(last, formats.zone)
    return oneDay ? formats.day(startsAt) : `${formats.day(startsAt)} – ${formats.day(last)}`
  }
  return `${formats.moment(startsAt)} – ${formats.moment(endsAt)}`
}

function isMidnight(instant: string, zone: string): boolean {
  const before = new Date(Date.parse(instant) - 1)
  return localDateIn(before, zone) !== localDateIn(instant, zone)
}
