import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useTRPC } from '../../api.ts'
import { textLinkLook } from '../../components/FormPage.tsx'
import { Spinner } from '../../components/Spinner.tsx'
import { TextField } from '../../components/TextField.tsx'
import { slugFault, typedSlug } from './slug.ts'

interface SlugFieldProps {
  value: string
  /** What follows it in the address: `.rapport.example`. */
  domain: string
  onChange: (slug: string) => void
  error: string | null
}

/** The business's address, checked while it is typed. */
export function SlugField({ value, domain, onChange, error }: SlugFieldProps) {
  const trpc = useTRPC()
  const slug = useSettled(value)
  const fault = value === '' ? null : slugFault(value)
  const check = useQuery(trpc.tenants.checkSlug.queryOptions({ slug }, { enabled: slugFault(slug) === null }))
  const answer = fault === null && slug === value ? check.data : undefined

  return (
    <div>
      <TextField
        label="Address of your site"
        name="slug"
        isRequired
        autoComplete="off"
        spellCheck="false"
        maxLength={40}
        value={value}
        onChange={text => onChange(typedSlug(text))}
        after={<span className="max-w-40 truncate">.{domain}</span>}
        error={error}
      />
      <p role="status" className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-1.5 text-sm">
        {fault && fault !== error && (
          <>
            <X aria-hidden="true" className="size-4 text-bad" />
            <span className="text-bad">{fault}</span>
          </>
        )}
        {answer?.available && (
          <>
            <Check aria-hidden="true" className="size-4 text-good" />
            <span className="text-good">This address is free</span>
          </>
        )}
        {answer && !answer.available && (
          <>
            <X aria-hidden="true" className="size-4 text-bad" />
            <span className="text-bad">Taken.</span>
            <Button onPress={() => onChange(answer.suggestion)} className={`${textLinkLook} cursor-pointer`}>
              Use {answer.suggestion}
            </Button>
          </>
        )}
        {!answer && !fault && value !== '' && !check.isError && (
          <>
            <Spinner className="text-muted" />
            <span className="text-muted">Checking…</span>
          </>
        )}
      </p>
    </div>
  )
}

/** The value once it hasn't changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 300)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
