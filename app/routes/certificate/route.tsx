import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { failureOf } from '../../failure.ts'
import { load, notFoundPage } from '../../loading.ts'
import { Certificate } from './Certificate.tsx'
import { Unknown } from './Unknown.tsx'

/** Whether a certificate is genuine, for anybody who was shown one (321). */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const code = params.code ?? ''
    if (!context.tenant) throw notFoundPage()
    try {
      return { code, certificate: await context.api.certificates.verify({ code }) }
    } catch (error) {
      if (failureOf(error).status !== 404) throw error
      return data({ code, certificate: null }, { status: 404 })
    }
  })
}

/** It names a person: not for search engines, and not to be kept. */
export function headers() {
  return { 'X-Robots-Tag': 'noindex', 'Cache-Control': 'no-store' }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.certificate ? `Certificate of ${data.certificate.name}` : 'Certificate' },
  { name: 'robots', content: 'noindex' },
]

export default function CertificatePage() {
  const { code, certificate } = useLoaderData<typeof loader>()
  return certificate ? <Certificate certificate={certificate} /> : <Unknown code={code} />
}
