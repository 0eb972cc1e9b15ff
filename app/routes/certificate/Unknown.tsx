import { useNavigate } from '@remix-run/react'
import { SearchX } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { FormPage } from '../../components/FormPage.tsx'
import { TextField } from '../../components/TextField.tsx'
import { useRootData } from '../../root-data.ts'

/** No certificate has this code: perhaps it was mistyped. */
export function Unknown({ code }: { code: string }) {
  const business = useRootData()?.tenant?.name
  const navigate = useNavigate()
  const [typed, setTyped] = useState(code)

  const look = (event: FormEvent) => {
    event.preventDefault()
    const wanted = typed.replaceAll(/[\s-]/g, '').toUpperCase()
    if (wanted) navigate(`/certificates/${encodeURIComponent(wanted)}`)
  }
  return (
    <FormPage
      title="No certificate has this code"
      intro={
        <p className="flex gap-2.5">
          <SearchX aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
          <span>
            {business} has issued none with this code. Please compare it with the certificate: it has twelve
            letters and digits, and never an O, I, L, 0 or 1.
          </span>
        </p>
      }
    >
      <form onSubmit={look} className="flex flex-col gap-5">
        <TextField
          label="Code"
          isRequired
          autoComplete="off"
          maxLength={40}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit" variant="primary">
          Look again
        </Button>
      </form>
    </FormPage>
  )
}
