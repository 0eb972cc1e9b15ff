import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ListChecks, Plus } from 'lucide-react'
import { LinkButton } from '../../../../components/Button.tsx'
import { Card } from '../../../../components/Card.tsx'
import { EmptyState } from '../../../../components/EmptyState.tsx'
import { textLinkLook } from '../../../../components/FormPage.tsx'
import { load } from '../../../../loading.ts'
import { useStaff } from '../../shell.tsx'
import { DraftBar } from '../draft/DraftBar.tsx'
import { usePolicy } from '../draft/use-policy.ts'
import { RuleRow } from './RuleRow.tsx'
import { byScope, rowsOf } from './rows.ts'
import { Templates } from './Templates.tsx'

export const meta: MetaFunction = () => [{ title: 'Rules' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { policies } = context.api
    const [current, { draft }, vocabulary] = await Promise.all([
      policies.current(),
      policies.draft(),
      policies.vocabulary(),
    ])
    return { current, draft, templates: vocabulary.templates }
  })
}

/** A business's own rules, read out and sorted by whom they concern. */
export default function OwnRulesPage() {
  const { templates, ...loaded } = useLoaderData<typeof loader>()
  const policy = usePolicy(loaded)
  const { mayEditBusiness } = useStaff()
  const rows = rowsOf(policy)

  return (
    <>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-2xl text-muted">
          What differs from the{' '}
          <Link to="/admin/rules" className={textLinkLook}>
            basics
          </Link>
          : for some clients, offers or times. Changes are kept as a draft until you publish them.
          {!mayEditBusiness &&
            ' Yours are those for whoever books you; the owner and the office look after the others.'}
        </p>
        {rows.length > 0 && (
          <LinkButton to="/admin/rules/own/new" variant="primary">
            <Plus aria-hidden="true" />
            New rule
          </LinkButton>
        )}
      </div>
      {rows.length === 0 ? (
        <Card className="">
          <EmptyState
            icon={ListChecks}
            title="No rules of your own yet"
            actions={
              <LinkButton to="/admin/rules/own/new" variant="primary">
                <Plus aria-hidden="true" />
                Make a rule
              </LinkButton>
            }
          >
            The basics hold for everybody. A rule makes an exception: for a VIP, for Friday afternoons, for
            new clients.
          </EmptyState>
        </Card>
      ) : (
        <div className="flex flex-col gap-8">
          {byScope(rows).map(({ scope, rows: under }) => (
            <section key={scope} aria-label={scope}>
              <h2 className="mb-3 text-lg">{scope}</h2>
              <ul className="flex flex-col gap-3">
                {under.map(row => (
                  <RuleRow key={row.rule.id} row={row} policy={policy} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      <Templates templates={templates} isFirst={rows.length === 0} />
      <DraftBar policy={policy} />
    </>
  )
}
