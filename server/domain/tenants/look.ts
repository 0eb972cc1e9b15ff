import { darken, getContrast, toHex } from 'color2k'

/** The least contrast of text that WCAG calls readable (AA). */
const READABLE = 4.5

/** Colours that go with a business's accent, checked for contrast. */
export interface Look {
  accent: string
  /** Text on the accent: white or nearly black, whichever can be read. */
  accentText: string
  /** The accent as text on white: darkened as far as it must be. */
  accentInk: string
}

export function lookOf(accent: string): Look {
  return { accent, accentText: textOn(accent), accentInk: inkOf(accent) }
}

/** White where it can be read, which people expect on colour; else near-black, else black, which then can. */
function textOn(accent: string): string {
  const candidates = ['#ffffff', '#111111', '#000000']
  return candidates.find(text => getContrast(accent, text) >= READABLE)!
}

function inkOf(accent: string): string {
  for (let step = 0; step <= 100; step += 2) {
    const ink = hexOf(darken(accent, step / 100))
    if (getContrast(ink, '#ffffff') >= READABLE) return ink
  }
  return '#000000'
}

/** color2k answers in hsla(); pages and mails want hex. */
function hexOf(color: string): string {
  return toHex(color).slice(0, 7)
}
