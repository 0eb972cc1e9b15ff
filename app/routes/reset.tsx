import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useNavigation } from '@remix-run/react'
import { failureIn, faultOf } from '../answers.ts'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { FormPage, textLinkLook } from '../components/FormPage.tsx'
import { TextField } from '../components/TextField.tsx'
import { useFaultFocus } from '../components/use-fault-focus.ts'
import { attempt, textOf } from '../forms.server.ts'
import { notFoundPage } from '../loading.ts'

export function loader({ context }: LoaderFunctionArgs) {
  if (!context.tenant) throw notFoundPage()
  return null
}

/** Sets the password and signs this browser in; the link came by mail. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const password = textOf(await request.formData(), 'password')
  return attempt(async () => {
    const { viewer } = await context.api.auth.resetPassword({ token: params.token ?? '', password })
    throw redirect(viewer.member ? '/admin' : '/')
  })
}

export const meta: MetaFunction = () => [
  { title: 'Choose a new password' },
  { name: 'robots', content: 'noindex' },
]

export default function ResetPassword() {
  const answer = useActionData<typeof action>()
  useFaultFocus(answer)
  const failure = failureIn(answer)
  const isSending = useNavigation().state !== 'idle'
  return (
    <FormPage
      title="Choose a new password"
      intro="It signs you in here, and out everywhere else."
      below={
        <Link to="/sign-in?with=reset" className={textLinkLook}>
          Get a new link
        </Link>
      }
    >
      <Form method="post" className="flex flex-col gap-5">
        {failure && failure.field !== 'password' && (
          <Banner tone="bad" role="alert">
            {failure.message}
          </Banner>
        )}
        <TextField
          label="New password"
          hint="At least 10 characters. A few words in a row are easy to keep in mind."
          name="password"
          type="password"
          autoComplete="new-password"
          isRequired
          error={faultOf(answer, 'password')}
        />
        <Button type="submit" variant="primary" isPending={isSending}>
          Save and sign in
        </Button>
      </Form>
    </FormPage>
  )
}
