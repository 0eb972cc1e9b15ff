import { darken, getContrast, toHex } from 'color2k'

/** The least contrast of text that WCAG calls readable (AA). */
const READABLE = 4.5
/** On white, so that it can be read on the pages' tinted grounds too, where the darkest takes 15 % off. */
const READABLE_ON_TINTS = 5.3

/** Colours that go with a business's accent, checked for contrast. */
export interface Look {
  accent: string
  /** Text on the accent: white or nearly black, whichever can be read. */
  accentText: string
  /** The accent as text on white and on light tints: darkened as far as it must be. */
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
    if (getContrast(ink, '#ffffff') >= READABLE_ON_TINTS) return ink
  }
  return '#000000'
}

/** color2k answers in hsla(); pages and mails want hex. */
function hexOf(color: string): string {
  return toHex(color).slice(0, 7)
}
