import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useNavigation, useParams } from '@remix-run/react'
import { failureIn } from '../../answers.ts'
import { Banner } from '../../components/Banner.tsx'
import { Button, LinkButton } from '../../components/Button.tsx'
import { FormPage } from '../../components/FormPage.tsx'
import { attempt } from '../../forms.server.ts'
import { load, notFoundPage } from '../../loading.ts'
import { useRootData } from '../../root-data.ts'

/** Where a mail's "stop asking me" leads (044). Opening it changes nothing: its button does. */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  if (!context.tenant) throw notFoundPage()
  return load(context, request, async () => {
    await context.api.bookings.get({ token: params.token ?? '' })
    return null
  })
}

export function action({ params, context }: ActionFunctionArgs) {
  return attempt(async () => {
    await context.api.messages.stopQuestions({ token: params.token ?? '' })
    return { stopped: true }
  })
}

export const meta: MetaFunction = () => [{ title: 'Your mails' }, { name: 'robots', content: 'noindex' }]

export default function NoQuestions() {
  const business = useRootData()?.tenant?.name
  const { token } = useParams()
  const answer = useActionData<typeof action>()
  const failure = failureIn(answer)
  const isSending = useNavigation().state !== 'idle'

  if (answer && !failure) {
    return (
      <FormPage title="We won’t ask again" intro="Mails about your own bookings still reach you.">
        <LinkButton to={`/b/${token}`} variant="primary" className="w-full">
          Go to your booking
        </LinkButton>
      </FormPage>
    )
  }
  return (
    <FormPage
      title="No more questions?"
      intro={`After a session ${business} asks how it was. You can switch these mails off; those about your own bookings still reach you.`}
    >
      {failure && (
        <Banner tone="bad" role="alert" className="mb-5">
          {failure.message}
        </Banner>
      )}
      <Form method="post">
        <Button type="submit" variant="primary" size="large" isPending={isSending} className="w-full">
          Don’t ask me for feedback
        </Button>
      </Form>
    </FormPage>
  )
}
