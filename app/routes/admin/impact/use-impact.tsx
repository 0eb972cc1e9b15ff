import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Inputs, useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { type Affected, AffectedList, type Plan } from './AffectedList.tsx'
import { nothingPlanned, useAftermath } from './use-aftermath.tsx'

export type Change = Inputs['policies']['impact']['change']

interface Asked {
  affected: readonly Affected[]
  answer: (plan: Plan | null) => void
}

/**
 * Saves a change only after its author saw which bookings would no longer fit, and does afterwards what was planned for
 * each. Where all fit, nobody is asked. `dialog` belongs at the end of the page.
 */
export function useImpact() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const aftermath = useAftermath()

  /** Whether it was saved. `save` answers whether it could; what the server says against the change is for it to tell. */
  async function saveKnowing(change: Change, save: () => Promise<boolean>): Promise<boolean> {
    const affected = await queryClient
      .fetchQuery({ ...trpc.policies.impact.queryOptions({ change }), staleTime: 0, gcTime: 0 })
      .then(found => found.affected)
      // What is wrong with the change is told by the save.
      .catch(() => [])
    if (affected.length === 0) return save()

    const plan = await new Promise<Plan | null>(answer => setAsked({ affected, answer }))
    setAsked(null)
    if (plan === null || !(await save())) return false
    await aftermath.carryOut(affected, plan)
    return true
  }

  const dialog = (
    <>
      {asked && <ImpactDialog {...asked} />}
      {aftermath.dialog}
    </>
  )
  return { saveKnowing, dialog }
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
  if (cancels === 0) return 'Save'
  return `Save and cancel ${cancels === 1 ? 'one booking' : `${cancels} bookings`}`
}
