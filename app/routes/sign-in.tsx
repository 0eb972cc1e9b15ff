import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useNavigation, useSearchParams } from '@remix-run/react'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { failureIn, faultOf } from '../answers.ts'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { FormPage, MailSent, textLinkLook } from '../components/FormPage.tsx'
import { TextField } from '../components/TextField.tsx'
import { useFaultFocus } from '../components/use-fault-focus.ts'
import { attempt, textOf } from '../forms.server.ts'
import { notFoundPage, safeNext } from '../loading.ts'
import { useRootData } from '../root-data.ts'

/** By mail link, by password, or with a link to choose a new password. */
type Way = 'link' | 'password' | 'reset'

export function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.tenant) throw redirect('/find')
  const next = new URL(request.url).searchParams.get('next')
  if (context.viewer) throw redirect(safeNext(next, context.viewer.member ? '/admin' : '/'))
  return null
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (!context.tenant) throw notFoundPage()
  const form = await request.formData()
  const email = textOf(form, 'email')
  const { auth } = context.api
  return attempt(async () => {
    const next = new URL(request.url).searchParams.get('next')
    switch (textOf(form, 'way') as Way) {
      case 'password': {
        const { viewer } = await auth.signIn({ email, password: textOf(form, 'password') })
        throw redirect(safeNext(next, viewer.member ? '/admin' : '/'))
      }
      case 'reset':
        await auth.requestPasswordReset({ email })
        return { sent: 'reset' as const }
      default:
        await auth.requestLink({ email, ...(next && { next: safeNext(next) }) })
        return { sent: 'link' as const }
    }
  })
}

export const meta: MetaFunction = () => [{ title: 'Sign in' }, { name: 'robots', content: 'noindex' }]

const titles: Record<Way, string> = {
  link: 'Sign in',
  password: 'Sign in',
  reset: 'Choose a new password',
}

export default function SignIn() {
  const tenant = useRootData()?.tenant
  const answer = useActionData<typeof action>()
  useFaultFocus(answer)
  const isSending = useNavigation().state !== 'idle'
  const [search] = useSearchParams()
  const [email, setEmail] = useState('')
  const way = wayIn(search)
  const failure = failureIn(answer)
  const sent = answer && 'sent' in answer ? answer.sent : null
  const to = (other: Way) => {
    const params = new URLSearchParams(search)
    params.set('with', other)
    return `?${params}`
  }

  if (sent && sent === way) {
    return (
      <FormPage
        title="Check your mail"
        below={
          <Link to="/sign-in" reloadDocument className={textLinkLook}>
            Try another address
          </Link>
        }
      >
        <MailSent icon={MailCheck}>
          <p>
            If <strong className="font-semibold">{email || 'that address'}</strong> is known at {tenant?.name}
            , a mail with a link is on its way.
          </p>
          <p className="mt-2 text-sm text-muted">It may take a minute. Look among unwanted mail too.</p>
        </MailSent>
      </FormPage>
    )
  }
  return (
    <FormPage
      title={titles[way]}
      intro={
        way === 'reset'
          ? 'We’ll mail you a link to choose a new one.'
          : way === 'link'
            ? `We’ll mail you a link that signs you in to ${tenant?.name}. No password needed.`
            : `For people who work at ${tenant?.name}.`
      }
      below={
        <>
          {way !== 'link' && (
            <Link to={to('link')} replace className={textLinkLook}>
              Get a link by e-mail instead
            </Link>
          )}
          {way !== 'password' && (
            <Link to={to('password')} replace className={textLinkLook}>
              Sign in with a password
            </Link>
          )}
        </>
      }
    >
      <Form method="post" className="flex flex-col gap-5">
        <input type="hidden" name="way" value={way} />
        {failure && !failure.field && (
          <Banner tone="bad" role="alert">
            {failure.message}
          </Banner>
        )}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          isRequired
          value={email}
          onChange={setEmail}
          error={faultOf(answer, 'email')}
        />
        {way === 'password' && (
          <div>
            <TextField
              label="Password"
              name="password"
              type="password"
              autoComplete="current-password"
              isRequired
              error={faultOf(answer, 'password')}
            />
            <Link to={to('reset')} replace className={`${textLinkLook} mt-1 text-sm`}>
              Forgot your password?
            </Link>
          </div>
        )}
        <Button type="submit" variant="primary" isPending={isSending}>
          {way === 'password' ? 'Sign in' : 'Mail me a link'}
        </Button>
      </Form>
    </FormPage>
  )
}

function wayIn(search: URLSearchParams): Way {
  const asked = search.get('with')
  if (asked === 'password' || asked === 'reset' || asked === 'link') return asked
  return search.get('next')?.startsWith('/admin') ? 'password' : 'link'
}
