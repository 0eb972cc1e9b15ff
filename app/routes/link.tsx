import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useNavigation, useSearchParams } from '@remix-run/react'
import { failureIn } from '../answers.ts'
import { Banner } from '../components/Banner.tsx'
import { Button, LinkButton } from '../components/Button.tsx'
import { FormPage } from '../components/FormPage.tsx'
import { attempt } from '../forms.server.ts'
import { notFoundPage, safeNext } from '../loading.ts'
import { useRootData } from '../root-data.ts'

/** Opening a link changes nothing: mail programs open links too. The page asks, and its button signs in. */
export function loader({ context }: LoaderFunctionArgs) {
  if (!context.tenant) throw notFoundPage()
  return null
}

export function action({ params, context }: ActionFunctionArgs) {
  return attempt(async () => {
    const { viewer, purpose, next } = await context.api.auth.useLink({ token: params.token ?? '' })
    if (purpose === 'handover') throw redirect('/admin/set-up')
    throw redirect(safeNext(next, viewer.member ? '/admin' : '/'))
  })
}

export const meta: MetaFunction = () => [{ title: 'Sign in' }, { name: 'robots', content: 'noindex' }]

export default function UseLink() {
  const tenant = useRootData()?.tenant
  const failure = failureIn(useActionData<typeof action>())
  const isSending = useNavigation().state !== 'idle'
  const [search] = useSearchParams()
  const isNew = search.has('new')

  return (
    <FormPage
      title={isNew ? `${tenant?.name} is yours` : `Welcome to ${tenant?.name}`}
      intro={
        isNew
          ? 'The site has its own address from now on. A few questions, and clients can book.'
          : 'One tap and you’re signed in.'
      }
    >
      {failure ? (
        <>
          <Banner tone="bad" role="alert">
            {failure.message}
          </Banner>
          <LinkButton to="/sign-in" variant="primary" className="mt-5 w-full">
            Go to sign-in
          </LinkButton>
        </>
      ) : (
        <Form method="post">
          <Button type="submit" variant="primary" size="large" isPending={isSending} className="w-full">
            {isNew ? 'Set up my site' : 'Sign in'}
          </Button>
        </Form>
      )}
    </FormPage>
  )
}
