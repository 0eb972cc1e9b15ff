const COOKIE = 'rapport_zone'

/** The zone a visitor's times are shown in, and whether they chose it or the browser told it. */
export interface ZoneChoice {
  zone: string
  chosen: boolean
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Reads the choice from a Cookie header (server) or `document.cookie`; null where there is none. */
export function readZone(cookies: string | null): ZoneChoice | null {
  const value = cookies?.match(new RegExp(`(?:^|; *)${COOKIE}=([^;]*)`))?.[1]
  if (!value) return null
  const [zone = '', chosen] = decodeURIComponent(value).split('!')
  return isZone(zone) ? { zone: zoneNow(zone), chosen: chosen === 'chosen' } : null
}

/** The zone to render a page in: named in the address, else remembered, else the business's. */
export function zoneOf(request: Request, otherwise: string): string {
  const asked = new URL(request.url).searchParams.get('zone')
  if (asked && isZone(asked)) return zoneNow(asked)
  return readZone(request.headers.get('cookie'))?.zone ?? otherwise
}

/** Remembers the choice for a year, so that the server's first paint is in the right zone. */
export function rememberZone({ zone, chosen }: ZoneChoice): void {
  const value = encodeURIComponent(chosen ? `${zone}!chosen` : zone)
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API isn't in every browser
  document.cookie = `${COOKIE}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}

export function browserZone(): string {
  return zoneNow(Intl.DateTimeFormat().resolvedOptions().timeZone)
}

/** Browsers go on naming some zones by what their city was called when the zone was made. */
const oldNames: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** A zone by the name it has now, where this browser or server knows it. */
export function zoneNow(zone: string): string {
  const renamed = oldNames[zone]
  return renamed && isZone(renamed) ? renamed : zone
}

/** What a zone used to be called, for those who search for that; empty where it always had its name. */
export function formerName(zone: string): string {
  return Object.keys(oldNames).find(old => oldNames[old] === zone) ?? ''
}

/** A zone's name to show: `America/New York`, by what its city is called now. */
export function zoneInWords(zone: string): string {
  return (oldNames[zone] ?? zone).replaceAll('_', ' ')
}

/** `America/Argentina/Buenos_Aires` → `Buenos Aires` */
export function zoneCity(zone: string): string {
  const words = zoneInWords(zone)
  return words.slice(words.lastIndexOf('/') + 1)
}
