import { BadgeCheck, FileDown, ShieldX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Outputs } from '../../api.ts'
import { buttonLook } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Time } from '../../components/Time.tsx'
import { toneLook } from '../../components/tones.ts'
import { durationInWords } from '../../formats.ts'
import { useView } from '../../view.tsx'

interface CertificateProps {
  certificate: Outputs['certificates']['verify']
}

/** What a certificate vouches for, and whether it still does. */
export function Certificate({ certificate }: CertificateProps) {
  const { formats } = useView()
  const { name, title, minutes, heldOn, coaches, issuedAt, revokedAt, isValid, business, pdfUrl } =
    certificate
  const Icon = isValid ? BadgeCheck : ShieldX
  return (
    <main className="mx-auto w-full max-w-xl px-4 pt-8 pb-12 sm:pt-12">
      <header className="mb-6 flex flex-col items-center text-center">
        <span
          className={`mb-4 flex size-14 items-center justify-center rounded-full border ${toneLook[isValid ? 'good' : 'bad']}`}
        >
          <Icon aria-hidden="true" className="size-7" />
        </span>
        <h1 className="text-2xl sm:text-3xl">
          {isValid ? 'This certificate is valid' : 'This certificate was withdrawn'}
        </h1>
        <p className="mt-2 max-w-md text-muted">
          {isValid ? (
            `${business} issued it, and confirms what it says.`
          ) : (
            <>
              {business} took it back
              {revokedAt && (
                <>
                  {' '}
                  on <Time at={revokedAt} as="date" />
                </>
              )}
              . It no longer counts.
            </>
          )}
        </p>
      </header>
      <Card as="article" className="p-6 wrap-anywhere sm:p-8">
        <h2 className={`text-2xl ${isValid ? '' : 'text-muted line-through'}`}>{name}</h2>
        <p className="mt-1 text-lg">{title}</p>
        <dl className="mt-6 grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <Fact name={heldOn.length > 1 ? 'Held on' : 'Held'}>
            {heldOn.map(day => (
              <span key={day} className="block" suppressHydrationWarning>
                {formats.in('UTC').date(`${day}T12:00:00Z`)}
              </span>
            ))}
          </Fact>
          <Fact name="Length">{durationInWords(minutes)}</Fact>
          <Fact name="With">{new Intl.ListFormat('en').format(coaches)}</Fact>
          <Fact name="Issued">
            <Time at={issuedAt} as="date" />
          </Fact>
          <Fact name="Code">
            <span className="font-mono tracking-wide">{inGroups(certificate.code)}</span>
          </Fact>
        </dl>
        {isValid && (
          <a href={pdfUrl} className={buttonLook({}, 'mt-7')}>
            <FileDown aria-hidden="true" />
            Download as PDF
          </a>
        )}
      </Card>
    </main>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** `ABCD EFGH JKMN`, as somebody reads it out. */
function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
