import { Award, FileDown } from 'lucide-react'
import { buttonLook, LinkButton } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import type { Room } from './use-room.ts'

/** What was earned by being there (321). */
export function Certificates({ seats }: { seats: Room['seats'] }) {
  const earned = seats.flatMap(({ certificate, name }) =>
    certificate && !certificate.isRevoked ? [{ ...certificate, name }] : [],
  )
  if (earned.length === 0) return null
  return (
    <Panel title={earned.length === 1 ? 'Your certificate' : 'Your certificates'}>
      <ul className="flex flex-col gap-4">
        {earned.map(({ code, name, url, pdfUrl }) => (
          <li key={code} className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
            <Award aria-hidden="true" className="size-6 shrink-0 text-accent-ink" />
            <span className="min-w-0 flex-1 font-medium wrap-anywhere">{name}</span>
            <span className="flex flex-wrap gap-2">
              <a href={pdfUrl} className={buttonLook({ size: 'small' })}>
                <FileDown aria-hidden="true" />
                PDF<span className="sr-only"> of {name}’s certificate</span>
              </a>
              <LinkButton to={url} size="small" variant="quiet">
                Address to show<span className="sr-only"> for {name}</span>
              </LinkButton>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
