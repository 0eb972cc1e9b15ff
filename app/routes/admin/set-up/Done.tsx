import { Check, Copy, PartyPopper } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button, buttonLook, LinkButton } from '../../../components/Button.tsx'

interface DoneProps {
  offer: { slug: string; title: string } | null
  hasHours: boolean
}

/** The live link, and the two things to do next. */
export function Done({ offer, hasHours }: DoneProps) {
  const [address, setAddress] = useState('')
  const [copied, setCopied] = useState(false)
  useEffect(() => setAddress(location.origin), [])

  return (
    <div className="flex flex-col items-center gap-5 py-4 text-center">
      <span className="flex size-14 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
        <PartyPopper aria-hidden="true" className="size-7" />
      </span>
      {offer && hasHours ? (
        <p className="max-w-md text-muted">
          Clients can book “{offer.title}” from now on. This is the link to share:
        </p>
      ) : (
        <Banner tone="wait" className="text-left">
          Clients can book as soon as there are {offer ? 'hours' : 'an offer and hours'}. Until then your page
          says that nothing is free.
        </Banner>
      )}
      <p className="flex w-full max-w-md items-center gap-2 rounded-control border border-line bg-ground p-2 pl-4">
        <a href="/" className="min-w-0 flex-1 truncate text-left font-medium text-accent-ink underline">
          {address.replace(/^https?:\/\//, '')}
        </a>
        <Button
          size="small"
          onPress={async () => {
            await navigator.clipboard.writeText(address)
            setCopied(true)
          }}
        >
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {offer && (
          <a
            href={`/${offer.slug}`}
            target="_blank"
            rel="noreferrer"
            className={buttonLook({ variant: 'primary' })}
          >
            Book as a test client<span className="sr-only"> (opens a new tab)</span>
          </a>
        )}
        <LinkButton to="/admin">Open your calendar</LinkButton>
      </div>
    </div>
  )
}
