import { Pencil, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../../../components/Badge.tsx'
import { Button } from '../../../../components/Button.tsx'
import type { Policy } from '../draft/use-policy.ts'
import { TermsDialog } from './TermsDialog.tsx'
import { type Place, withTerms } from './terms.ts'
import { FIRST_TERMS } from './terms-draft.ts'

interface PlaceRowProps {
  place: Place
  policy: Policy
  mayEdit: boolean
}

/** What holds for all offers, a kind or an offer, and the way to change it. */
export function PlaceRow({ place, policy, mayEdit }: PlaceRowProps) {
  const [isOpen, setOpen] = useState(false)
  const { name, own, holds, isChanged } = place
  return (
    <li className="rounded-card border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 text-base wrap-anywhere">{name}</h3>
        {holds && <Badge tone={own ? 'info' : 'plain'}>{holds.from}</Badge>}
        {isChanged && (
          <Badge tone="info" icon={Pencil}>
            Changed in your draft
          </Badge>
        )}
      </div>
      {holds ? (
        <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5">
          {holds.sentences.map(sentence => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        <p className="mt-1 text-muted">Each kind has its own usual terms, as you see below.</p>
      )}
      {mayEdit && (
        <div className="-ml-2 mt-2 flex flex-wrap">
          <Button variant="quiet" size="small" onPress={() => setOpen(true)}>
            <Pencil aria-hidden="true" />
            {own ? 'Change' : 'Set other terms'}
            <span className="sr-only"> for {name}</span>
          </Button>
          {own && (
            <Button
              variant="quiet"
              size="small"
              isDisabled={policy.isSaving}
              onPress={() =>
                policy.change(
                  document => withTerms(document, place, null),
                  `${name} has no terms of its own in your draft.`,
                )
              }
            >
              <RotateCcw aria-hidden="true" />
              Remove<span className="sr-only"> the terms for {name}</span>
            </Button>
          )}
        </div>
      )}
      {isOpen && (
        <TermsDialog
          name={name}
          terms={holds?.terms ?? FIRST_TERMS}
          isSaving={policy.isSaving}
          onClose={() => setOpen(false)}
          onSave={async terms => {
            const isKept = await policy.change(
              document => withTerms(document, place, terms),
              `The terms for ${name} are in your draft.`,
            )
            if (isKept) setOpen(false)
          }}
        />
      )}
    </li>
  )
}
