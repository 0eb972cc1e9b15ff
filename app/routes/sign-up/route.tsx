import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { useEffect, useState } from 'react'
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
import { SlugField } from './SlugField.tsx'
import { slugFrom } from './slug.ts'

export function loader({ request, context }: LoaderFunctionArgs) {
  if (context.tenant) throw notFoundPage()
  return { currency: currencyOf(localeOf(request)), domain: new URL(request.url).hostname }
}

/** Makes the business and leads to its own host, where a page signs the owner in. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const businessName = textOf(form, 'businessName')
  return attempt(async () => {
    const { handoverUrl } = await context.api.tenants.signUp({
      businessName,
      slug: textOf(form, 'slug').replace(/-+$/, '') || slugFrom(businessName),
      ownerName: textOf(form, 'ownerName'),
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
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
  const isSending = useNavigation().state !== 'idle'
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
      <Form method="post" className="flex flex-col gap-5">
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
          onChange={setName}
          error={faultOf(answer, 'businessName')}
        />
        <SlugField
          value={ownSlug ?? slugFrom(name)}
          domain={domain}
          onChange={setOwnSlug}
          error={failure?.code === 'SLUG_TAKEN' ? failure.message : faultOf(answer, 'slug')}
        />
        <TextField
          label="Your name"
          name="ownerName"
          autoComplete="name"
          isRequired
          maxLength={120}
          error={faultOf(answer, 'ownerName')}
        />
        <TextField
          label="Your e-mail"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          isRequired
          error={faultOf(answer, 'email')}
        />
        <TextField
          label="A password"
          hint="At least 10 characters. A few words in a row are easy to keep in mind."
          name="password"
          type="password"
          autoComplete="new-password"
          isRequired
          error={faultOf(answer, 'password')}
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
        <Button type="submit" variant="primary" size="large" isPending={isSending}>
          Make my site
        </Button>
      </Form>
    </FormPage>
  )
}
