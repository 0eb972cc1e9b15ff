import { slugOf } from '../tenants/slugs.ts'

/** What comes first in addresses of a tenant's host that aren't offers: `/{offer}` is the only other page there. */
const pages = new Set(
  `admin api assets b build certificates files find fonts healthz icons link live logo mail me offers privacy public readyz reset sign-in sign-out
  sign-up static terms trpc w webhooks`.split(/\s+/),
)
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether an offer can't have this slug: it is the address of a page, or could be taken for an id. */
export function isReservedForPages(slug: string): boolean {
  return pages.has(slug) || ID.test(slug)
}

/** The slug of a title, then with numbers for one that is taken: `intro`, `intro-2`, `intro-3`, … */
export function* slugsFrom(title: string): Generator<string> {
  const slug = slugOf(title) || 'offer'
  if (!isReservedForPages(slug)) yield slug
  for (let number = 2; ; number++) yield `${slug}-${number}`
}
