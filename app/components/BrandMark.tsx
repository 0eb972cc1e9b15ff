import { Link } from '@remix-run/react'

interface BrandMarkProps {
  name: string
  logoUrl: string | null
  to?: string
}

/** The business's logo, or its initial on its colour, with its name. */
export function BrandMark({ name, logoUrl, to = '/' }: BrandMarkProps) {
  return (
    <Link
      to={to}
      className="inline-flex min-h-11 min-w-0 items-center gap-3 rounded-md font-semibold text-ink"
    >
      {logoUrl ? (
        <img src={logoUrl} alt="" className="size-9 shrink-0 rounded-lg object-contain" />
      ) : (
        <span
          aria-hidden="true"
          className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-accent text-lg text-accent-text"
        >
          {name.trim().charAt(0).toUpperCase()}
        </span>
      )}
      <span className="truncate">{name}</span>
    </Link>
  )
}
