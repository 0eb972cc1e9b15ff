import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useNavigation } from '@remix-run/react'
import { failureIn } from '../../answers.ts'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { attempt } from '../../forms.server.ts'

/** Where a notice's "no more of these" leads (044). Opening it changes nothing: its button does. */
export function action({ context }: ActionFunctionArgs) {
  return attempt(async () => {
    await context.api.messages.stopNotices()
    return { stopped: true }
  })
}

export const meta: MetaFunction = () => [{ title: 'Your mails' }]

export default function Mails() {
  const answer = useActionData<typeof action>()
  const failure = failureIn(answer)
  const isSending = useNavigation().state !== 'idle'

  if (answer && !failure)
    return (
      <PageHeader title="No more notices" back={{ to: '/admin', label: 'Calendar' }}>
        <p role="status">Mails about bookings, requests and sessions still reach you.</p>
      </PageHeader>
    )
  return (
    <>
      <PageHeader title="Your mails">
        A mail tells you when your day or week fills up, and when something lies in the break of a session.
        You can switch these notices off; mails about bookings, requests and sessions still reach you.
      </PageHeader>
      <Card className="max-w-2xl p-5 sm:p-7">
        {failure && (
          <Banner tone="bad" role="alert" className="mb-5">
            {failure.message}
          </Banner>
        )}
        <Form method="post">
          <Button type="submit" variant="primary" isPending={isSending}>
            Don’t send me notices
          </Button>
        </Form>
      </Card>
    </>
  )
}
