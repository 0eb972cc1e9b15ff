import { ExternalLink } from 'lucide-react'
import { textLinkLook } from '../FormPage.tsx'

interface Held {
  format: 'online' | 'in_person' | 'hybrid'
  venue: { address: string; mapUrl: string | null; travelNote: string } | null
}

/** Where it is held, in a line: `Online`, `Torstraße 1, Berlin`, `Torstraße 1, Berlin, or online`. */
export function placeInWords({ format, venue }: Held): string {
  if (format === 'online') return 'Online'
  const address = venue?.address || 'In person'
  return format === 'hybrid' ? `${address}, or online` : address
}

/** Where it is held, with the map and how to get there. */
export function Place({ held }: { held: Held }) {
  const { format, venue } = held
  if (format === 'online' || !venue) return <>{placeInWords(held)}</>
  return (
    <>
      <span className="block">{placeInWords(held)}</span>
      {venue.mapUrl && (
        <a href={venue.mapUrl} target="_blank" rel="noreferrer" className={`${textLinkLook} gap-1 text-sm`}>
          Show on a map
          <ExternalLink aria-hidden="true" className="size-3.5" />
          <span className="sr-only"> (opens a new tab)</span>
        </a>
      )}
      {venue.travelNote && (
        <span className="block text-sm whitespace-pre-line text-muted">{venue.travelNote}</span>
      )}
    </>
  )
}
