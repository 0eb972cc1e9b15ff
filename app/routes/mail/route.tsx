import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, Inbox, MailOpen } from 'lucide-react'
import { type Outputs, useTRPC } from '../../api.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { textLinkLook } from '../../components/FormPage.tsx'
import { load } from '../../loading.ts'
import { Mail } from './Mail.tsx'
import { MailList } from './MailList.tsx'

export type MailSummary = Outputs['mailbox']['list']['mails'][number]
export type MailInFull = Outputs['mailbox']['get']

/** A trial's mails, kept instead of sent: a newcomer reads here what clients and coaches would get. */
export function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const id = new URL(request.url).searchParams.get('id')
    const [{ mails }, open] = await Promise.all([
      context.api.mailbox.list(),
      id ? context.api.mailbox.get({ id }) : null,
    ])
    return { mails, open }
  })
}

export const meta: MetaFunction = () => [
  { title: 'Mailbox · Rapport' },
  { name: 'robots', content: 'noindex' },
]

export default function Mailbox() {
  const trpc = useTRPC()
  const seed = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const id = search.get('id')
  const { mails } = useQuery(
    trpc.mailbox.list.queryOptions(undefined, { initialData: { mails: seed.mails }, refetchInterval: 3_000 }),
  ).data

  return (
    <main className="mx-auto flex w-full max-w-5xl flex-col px-4 pt-6 pb-10 sm:px-6">
      <header className={`mb-5 ${id ? 'max-md:hidden' : ''}`}>
        <h1 className="text-2xl sm:text-3xl">Mailbox</h1>
        <p className="mt-1.5 text-muted">
          This is a trial, so mails are kept here instead of being sent. Nobody else gets them.
        </p>
      </header>
      {mails.length === 0 ? (
        <div className="rounded-card border border-line bg-surface">
          <EmptyState icon={Inbox} title="No mail yet">
            Book a session on a business’s site, and the confirmation appears here by itself.
          </EmptyState>
        </div>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[19rem_minmax(0,1fr)]">
          <section aria-label="Mails" className={id ? 'max-md:hidden' : ''}>
            <MailList mails={mails} openId={id} />
          </section>
          <section aria-label="The opened mail" className={`min-w-0 ${id ? '' : 'max-md:hidden'}`}>
            {id ? (
              <>
                <Link to="/mail" className={`${textLinkLook} mb-2 md:hidden`}>
                  <ChevronLeft aria-hidden="true" className="size-4" />
                  All mails
                </Link>
                <Mail key={id} id={id} seed={seed.open?.id === id ? seed.open : null} />
              </>
            ) : (
              <div className="rounded-card border border-dashed border-line">
                <EmptyState icon={MailOpen} title="Choose a mail to read" />
              </div>
            )}
          </section>
        </div>
      )}
    </main>
  )
}
