import { randomInt } from 'node:crypto'

/** Without what is read wrongly from paper: I, L, O, 0 and 1. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LENGTH = 12

/** A new certificate's code: 59 random bits, in letters and digits that can't be mistaken for one another. */
export function makeCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A code as somebody typed it, perhaps in lower case and in groups; null for what can't be one. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '')
  return code.length === LENGTH && [...code].every(letter => ALPHABET.includes(letter)) ? code : null
}
