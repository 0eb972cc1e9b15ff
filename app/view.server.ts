const wordsOfHeader = /^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})*)/i

/**
 * The locale for dates, times and money: English words, with the habits (order, 12 or 24 hours) of the region
 * that the browser asks for. `de` and `de-AT` give `en-DE` and `en-AT`.
 */
export function localeOf(request: Request): string {
  const asked = wordsOfHeader.exec(request.headers.get('accept-language') ?? '')?.[1]
  try {
    const { region } = new Intl.Locale(asked ?? 'en-GB').maximize()
    return region ? `en-${region}` : 'en-GB'
  } catch {
    return 'en-GB'
  }
}
