import { useSearchParams } from '@remix-run/react'
import { Select } from '../../components/Select.tsx'
import { useStaff } from './shell.tsx'

/** Whose settings a page shows; only for those who may change others'. */
export function CoachChoice({ coachId }: { coachId: string }) {
  const { coaches, mayEditBusiness } = useStaff()
  const [, setParams] = useSearchParams()
  if (coaches.length < 2 || !mayEditBusiness) return null
  return (
    <Select
      label="Coach"
      choices={coaches.map(({ id, name }) => ({ id, label: name }))}
      value={coachId}
      onChange={id => setParams({ coach: id }, { preventScrollReset: true })}
      className="w-56"
    />
  )
}
