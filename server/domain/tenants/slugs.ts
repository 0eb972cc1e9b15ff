import type { Db } from '#server/db/connection.ts'

/** Addresses that are, or may become, the product's own. */
const reserved = new Set(
  `about account accounts admin api app apps assets auth autoconfig autodiscover billing blog book booking calendar
  cdn chat client clients dashboard demo-mail dev developer docs email events example feedback files forum ftp git
  graphql health healthz help host hostmaster images imap img info internal invite legal live localhost login logo
  logout mail mailbox me media mx news ns ns1 ns2 oauth pay payments pop pop3 postmaster press pricing privacy proxy
  rapport readyz register root sales secure security server service settings shop sign-in sign-out sign-up signin
  signout signup site sites smtp sso staging start static stats status store support system team terms test tenant
  tenants test tests trpc upload uploads user users web webhook webhooks webmail wiki www www1 www2`.split(
    /\s+/,
  ),
)

export function isReserved(slug: string): boolean {
  return reserved.has(slug) || slug.startsWith('xn--')
}

/** A slug from a name: `Änne & Söhne` → `anne-sohne`. Empty where nothing of the name can stand in one. */
export function slugOf(name: string): string {
  return name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}

/**
 * Whether a business may have this address, and the nearest one that is free. `hostOf` makes a slug's host;
 * hosts are the one thing that can be read without a tenant.
 */
export async function checkSlug(
  db: Db,
  slug: string,
  hostOf: (slug: string) => string,
): Promise<{ available: boolean; suggestion: string }> {
  const stem = slug.slice(0, 50).replace(/^xn--|-+$/g, '')
  const endings = ['coaching', 'studio', ...Array.from({ length: 20 }, (_, index) => String(index + 2))]
  const candidates = [slug, ...endings.map(ending => `${stem}-${ending}`)].filter(each => !isReserved(each))
  const taken = await db
    .selectFrom('tenant_hosts')
    .select('host')
    .where('host', 'in', candidates.map(hostOf))
    .execute()
  const hosts = new Set(taken.map(({ host }) => host))
  const suggestion =
    candidates.find(each => !hosts.has(hostOf(each))) ?? `${stem}-${Math.random().toString(36).slice(2, 8)}`
  return { available: suggestion === slug, suggestion }
}
