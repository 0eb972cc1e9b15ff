import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { type FormEvent, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { failureIn, faultOf } from '../../answers.ts'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { FormPage, textLinkLook } from '../../components/FormPage.tsx'
import { NativeSelect } from '../../components/NativeSelect.tsx'
import { TextField } from '../../components/TextField.tsx'
import { TimeZoneField } from '../../components/TimeZonePicker.tsx'
import { useFaultFocus } from '../../components/use-fault-focus.ts'
import { attempt, textOf } from '../../forms.server.ts'
import { notFoundPage } from '../../loading.ts'
import { localeOf } from '../../view.server.ts'
import { useView } from '../../view.tsx'
import { browserZone } from '../../zone.ts'
import { currencyChoices, currencyOf } from './currencies.ts'
import { faultsIn, type SignUpFaults, type SignUpField, typedIn } from './faults.ts'
import { SlugField } from './SlugField.tsx'
import { slugFrom } from './slug.ts'

export function loader({ request, context }: LoaderFunctionArgs) {
  if (context.tenant) throw notFoundPage()
  return { currency: currencyOf(localeOf(request)), domain: new URL(request.url).hostname }
}

/** Makes the business and leads to its own host, where a page signs the owner in. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const typed = typedIn(form)
  const faults = faultsIn(typed)
  if (Object.keys(faults).length > 0) return data({ faults }, { status: 422 })
  return attempt(async () => {
    const { handoverUrl } = await context.api.tenants.signUp({
      ...typed,
      timeZone: textOf(form, 'timeZone'),
      currency: textOf(form, 'currency'),
    })
    throw redirect(`${handoverUrl}?new`)
  })
}

export const meta: MetaFunction = () => [
  { title: 'Set up your business · Rapport' },
  { name: 'description', content: 'Your own booking site in about five minutes.' },
]

export default function SignUp() {
  const { currency, domain } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  useFaultFocus(answer)
  const failure = failureIn(answer)
  const sending = useNavigation().state
  const { fault, check, mend } = useFaults(answer, sending === 'submitting')
  const { zone, locale } = useView()
  const [timeZone, setTimeZone] = useState(zone)
  const [name, setName] = useState('')
  /** Null while it follows the name. */
  const [ownSlug, setOwnSlug] = useState<string | null>(null)

  useEffect(() => setTimeZone(browserZone()), [])

  return (
    <FormPage
      title="Set up your business"
      intro="Seven answers here, a few more on your own site, and clients can book."
      below={
        <p>
          Already with us?{' '}
          <Link to="/find" className={textLinkLook}>
            Find my business
          </Link>
        </p>
      }
    >
      <Form method="post" noValidate onSubmit={check} className="flex flex-col gap-5">
        {failure && !failure.field && failure.code !== 'SLUG_TAKEN' && (
          <Banner tone="bad" role="alert">
            {failure.message}
          </Banner>
        )}
        <TextField
          label="Name of your business"
          name="businessName"
          autoComplete="organization"
          isRequired
          maxLength={120}
          value={name}
          onChange={text => {
            setName(text)
            mend('businessName')
            if (ownSlug === null) mend('slug')
          }}
          error={fault('businessName')}
        />
        <SlugField
          value={ownSlug ?? slugFrom(name)}
          domain={domain}
          onChange={text => {
            setOwnSlug(text)
            mend('slug')
          }}
          error={fault('slug')}
        />
        <TextField
          label="Your name"
          name="ownerName"
          autoComplete="name"
          isRequired
          maxLength={120}
          onChange={() => mend('ownerName')}
          error={fault('ownerName')}
        />
        <TextField
          label="Your e-mail"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          isRequired
          onChange={() => mend('email')}
          error={fault('email')}
        />
        <TextField
          label="A password"
          hint="At least 10 characters. A few words in a row are easy to keep in mind."
          name="password"
          type="password"
          autoComplete="new-password"
          isRequired
          onChange={() => mend('password')}
          error={fault('password')}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <TimeZoneField label="Time zone" name="timeZone" value={timeZone} onChange={setTimeZone} />
          <NativeSelect label="Currency" name="currency" defaultValue={currency}>
            {currencyChoices(locale).map(({ code, name }) => (
              <option key={code} value={code}>
                {code} · {name}
              </option>
            ))}
          </NativeSelect>
        </div>
        <Button type="submit" variant="primary" size="large" isPending={sending !== 'idle'}>
          Make my site
        </Button>
      </Form>
    </FormPage>
  )
}

/** What is wrong with each field, as found here or by the server, until the field changes. */
function useFaults(answer: unknown, isSubmitting: boolean) {
  /** Null for a field that has changed since. */
  const [own, setOwn] = useState<Partial<Record<SignUpField, string | null>>>({})
  return {
    fault(field: SignUpField): string | null {
      if (isSubmitting) return null
      return field in own ? (own[field] ?? null) : faultInAnswer(answer, field)
    },
    /** Stops a form that can't be sent, and leads to the first field at fault. */
    check(event: FormEvent<HTMLFormElement>) {
      const form = event.currentTarget
      const faults = faultsIn(typedIn(new FormData(form)))
      flushSync(() => setOwn(faults))
      if (Object.keys(faults).length === 0) return
      event.preventDefault()
      form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    },
    mend: (field: SignUpField) => setOwn(before => ({ ...before, [field]: null })),
  }
}

function faultInAnswer(answer: unknown, field: SignUpField): string | null {
  if (typeof answer === 'object' && answer !== null && 'faults' in answer) {
    return (answer as { faults: SignUpFaults }).faults[field] ?? null
  }
  const failure = failureIn(answer)
  if (field === 'slug' && failure?.code === 'SLUG_TAKEN') return failure.message
  return faultOf(answer, field)
}
