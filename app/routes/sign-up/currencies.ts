/** Regions by the currency that is used there, for a first guess; those not listed get US dollars. */
const regions: Record<string, string> = {
  AED: 'AE',
  AUD: 'AU KI NR TV',
  BRL: 'BR',
  CAD: 'CA',
  CHF: 'CH LI',
  CLP: 'CL',
  COP: 'CO',
  CZK: 'CZ',
  DKK: 'DK FO GL',
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  GBP: 'GB GG IM JE',
  HKD: 'HK',
  HUF: 'HU',
  IDR: 'ID',
  ILS: 'IL',
  INR: 'IN',
  ISK: 'IS',
  JPY: 'JP',
  KRW: 'KR',
  MXN: 'MX',
  MYR: 'MY',
  NGN: 'NG',
  NOK: 'NO SJ',
  NZD: 'NZ CK NU',
  PHP: 'PH',
  PLN: 'PL',
  RON: 'RO',
  SEK: 'SE',
  SGD: 'SG',
  THB: 'TH',
  TRY: 'TR',
  TWD: 'TW',
  UAH: 'UA',
  ZAR: 'ZA',
}

/** The currency of a locale's region: `en-DE` → `EUR`. */
export function currencyOf(locale: string): string {
  const region = locale.slice(locale.lastIndexOf('-') + 1)
  return Object.keys(regions).find(currency => regions[currency]!.split(' ').includes(region)) ?? 'USD'
}

/** Codes with their names, the usual ones first. */
export function currencyChoices(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return ['USD', ...Object.keys(regions)].sort().map(code => ({ code, name: names.of(code) ?? code }))
}
