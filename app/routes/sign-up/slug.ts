/** An address proposed from a name: `Änne & Söhne` → `anne-sohne`. The server has the last word on it. */
export function slugFrom(name: string): string {
  return typedSlug(name.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '')).replace(/-+$/, '')
}

/** What of typed text can stand in an address. */
export function typedSlug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
}

/** What is wrong with an address by the server's pattern; null where nothing is. */
export function slugFault(slug: string): string | null {
  if (slug === '') return 'Choose an address for your site.'
  if (slug.endsWith('-')) return 'An address can’t end with a hyphen.'
  return /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(slug)
    ? null
    : 'Use lower-case letters, digits and hyphens, 40 at most.'
}
