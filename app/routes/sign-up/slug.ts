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
