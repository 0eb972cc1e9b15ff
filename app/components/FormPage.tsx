import type { ReactNode } from 'react'
import { Card } from './Card.tsx'

interface FormPageProps {
  title: ReactNode
  /** A sentence or two under the title. */
  intro?: ReactNode
  children: ReactNode
  /** Links under the card. */
  below?: ReactNode
}

/** A page that is one form. */
export function FormPage({ title, intro, children, below }: FormPageProps) {
  return (
    <main className="mx-auto w-full max-w-md px-4 pt-8 pb-12 sm:pt-14">
      <h1 className="text-2xl sm:text-3xl">{title}</h1>
      {intro && <div className="mt-2 text-muted">{intro}</div>}
      <Card className="mt-6 p-5 sm:p-7">{children}</Card>
      {below && <div className="mt-5 flex flex-col items-start gap-1 text-[0.9375rem]">{below}</div>}
    </main>
  )
}

/** A link in running text or under a form. */
export const textLinkLook =
  'inline-flex min-h-9 items-center rounded-sm font-medium text-accent-ink underline underline-offset-2 hover:no-underline'

/** Said after a mail was asked for, whether the address is known or not. */
export function MailSent({
  icon: Icon,
  children,
}: {
  icon: typeof import('lucide-react').Mail
  children: ReactNode
}) {
  return (
    <div role="status" className="flex flex-col items-center py-4 text-center">
      <span className="mb-4 flex size-12 items-center justify-center rounded-full bg-good-soft text-good">
        <Icon aria-hidden="true" className="size-6" />
      </span>
      {children}
    </div>
  )
}
