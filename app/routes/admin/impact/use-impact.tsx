import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Inputs, useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { type Affected, AffectedList, type Plan } from './AffectedList.tsx'
import { nothingPlanned, useAftermath } from './use-aftermath.tsx'

export type Change = Inputs['policies']['impact']['change']

interface Asked {
  affected: readonly Affected[]
  answer: (plan: Plan | null) => void
}

/**
 * Saves a change only after its author saw which bookings would no longer fit, and does afterwards what was planned for
 * each. Where all fit, nobody is asked. `isLooking` while it is found out; `dialog` belongs at the end of the page.
 */
export function useImpact() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [isLooking, setLooking] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const aftermath = useAftermath()

  /** Whether it was saved. `save` answers whether it could; what the server says against the change is for it to tell. */
  async function saveKnowing(change: Change, save: () => Promise<boolean>): Promise<boolean> {
    const affected = await affectedBy(change)
    if (affected === null) return false
    if (affected.length === 0) return save()

    const plan = await new Promise<Plan | null>(answer => setAsked({ affected, answer }))
    setAsked(null)
    if (plan === null || !(await save())) return false
    await aftermath.carryOut(affected, plan)
    return true
  }

  /** Null, and told, where nobody can know: then nothing is saved unseen. */
  async function affectedBy(change: Change): Promise<readonly Affected[] | null> {
    setLooking(true)
    try {
      const impact = trpc.policies.impact.queryOptions({ change })
      return (await queryClient.fetchQuery({ ...impact, staleTime: 0, gcTime: 0 })).affected
    } catch (error) {
      const { status, message } = failureOf(error)
      // What is wrong with the change is told by the save.
      if (status !== null && status < 500) return []
      toast({ text: `Not saved. ${message}`, tone: 'bad' })
      return null
    } finally {
      setLooking(false)
    }
  }

  const dialog = (
    <>
      {asked && <ImpactDialog {...asked} />}
      {aftermath.dialog}
    </>
  )
  return { saveKnowing, isLooking, dialog }
}

function ImpactDialog({ affected, answer }: Asked) {
  const [plan, setPlan] = useState(nothingPlanned)
  return (
    <Dialog
      title="Save this change?"
      isOpen
      width="wide"
      onClose={() => answer(null)}
      actions={
        <>
          <Button onPress={() => answer(null)}>Go back</Button>
          <Button variant="primary" onPress={() => answer(plan)}>
            {saveWords(plan)}
          </Button>
        </>
      }
    >
      <AffectedList affected={affected} plan={plan} onChange={setPlan} />
    </Dialog>
  )
}

/** The button says what will happen. */
function saveWords({ acts }: Plan): string {
  const cancels = [...acts.values()].filter(act => act === 'cancel').length
  if (cancels === 0) return [...acts.values()].includes('suggest') ? 'Save and suggest times' : 'Save'
  return `Save and cancel ${cancels === 1 ? 'one booking' : `${cancels} bookings`}`
}
