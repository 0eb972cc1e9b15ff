import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useNavigation } from '@remix-run/react'
import { MailSearch } from 'lucide-react'
import { failureIn, faultOf } from '../answers.ts'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { FormPage, MailSent, textLinkLook } from '../components/FormPage.tsx'
import { TextField } from '../components/TextField.tsx'
import { useFaultFocus } from '../components/use-fault-focus.ts'
import { attempt, textOf } from '../forms.server.ts'
import { notFoundPage } from '../loading.ts'

export function loader({ context }: LoaderFunctionArgs) {
  if (context.tenant) throw redirect('/sign-in')
  return null
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (context.tenant) throw notFoundPage()
  const email = textOf(await request.formData(), 'email')
  return attempt(async () => {
    await context.api.tenants.findMine({ email })
    return { sentTo: email }
  })
}

export const meta: MetaFunction = () => [{ title: 'Find my business · Rapport' }]

/** For staff who forgot their business's address: the answer comes by mail only. */
export default function FindBusiness() {
  const answer = useActionData<typeof action>()
  useFaultFocus(answer)
  const failure = failureIn(answer)
  const isSending = useNavigation().state !== 'idle'
  if (answer && 'sentTo' in answer) {
    return (
      <FormPage title="Check your mail">
        <MailSent icon={MailSearch}>
          <p>
            If somebody works with Rapport under <strong className="font-semibold">{answer.sentTo}</strong>,
            the addresses of their businesses are on their way.
          </p>
        </MailSent>
      </FormPage>
    )
  }
  return (
    <FormPage
      title="Find my business"
      intro="Every business has an address of its own, and that’s where you sign in. Tell us your e-mail, and we’ll mail you yours."
      below={
        <Link to="/sign-up" className={textLinkLook}>
          Not with us yet? Set up your business
        </Link>
      }
    >
      <Form method="post" className="flex flex-col gap-5">
        {failure && failure.field !== 'email' && (
          <Banner tone="bad" role="alert">
            {failure.message}
          </Banner>
        )}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          isRequired
          error={faultOf(answer, 'email')}
        />
        <Button type="submit" variant="primary" isPending={isSending}>
          Mail me the address
        </Button>
      </Form>
    </FormPage>
  )
}
