import { AudioLines, CirclePlay, FileText, Link2, Lock, TimerOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { fileSize } from '../../../components/file-size.ts'
import { Time } from '../../../components/Time.tsx'
import { addressOf, type Material } from './use-materials.ts'

interface MaterialLineProps {
  material: Material
  token: string
  /** More about it, after its file's kind and size. */
  detail?: ReactNode
  action?: ReactNode
}

const formats = {
  video: { icon: CirclePlay, words: 'Video' },
  audio: { icon: AudioLines, words: 'Audio' },
  link: { icon: Link2, words: 'Link' },
}

/** A file or link with what it is; one that can't be had yet says from when on. */
export function MaterialLine({ material, token, detail, action }: MaterialLineProps) {
  const { title, file, format, state, releaseAt, endsAt } = material
  const address = addressOf(material, token)
  const isLocked = state === 'locked'
  const Icon = isLocked
    ? Lock
    : state === 'ended'
      ? TimerOff
      : format
        ? formats[format].icon
        : file
          ? FileText
          : Link2
  const facts: ReactNode[] = [
    ...(format ? [formats[format].words] : []),
    ...(file ? [fileSize(file.bytes)] : !format && !isLocked ? [hostOf(address)] : []),
    ...(isLocked
      ? [
          <>
            From <Time at={releaseAt} /> on
          </>,
        ]
      : []),
    ...(state === 'ended' && endsAt
      ? [
          <>
            Was here until <Time at={endsAt} as="date" />
          </>,
        ]
      : []),
    ...(state === 'open' && endsAt
      ? [
          <>
            Until <Time at={endsAt} as="date" />
          </>,
        ]
      : []),
    ...(detail ? [detail] : []),
  ]
  return (
    <li className="flex items-start gap-3">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-5 shrink-0 ${state === 'open' ? 'text-accent-ink' : 'text-muted'}`}
      />
      <div className="min-w-0 flex-1">
        {address ? (
          <a
            href={address}
            target="_blank"
            rel="noreferrer"
            className="rounded-sm font-medium wrap-anywhere underline decoration-line-strong underline-offset-2 hover:decoration-ink"
          >
            {title}
            <span className="sr-only"> (opens a new tab)</span>
          </a>
        ) : (
          <span className="wrap-anywhere text-muted">{title}</span>
        )}
        <p className="text-sm text-muted">
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: facts of one line, which never change places
            <span key={index}>
              {index > 0 && ' · '}
              {fact}
            </span>
          ))}
        </p>
      </div>
      {action}
    </li>
  )
}

function hostOf(address: string | null): string {
  return address && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
}
