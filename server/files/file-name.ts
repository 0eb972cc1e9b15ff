import type { FileType } from './file-types.ts'

const LONGEST = 150

/** How a name ends, with the dot, in lower case; empty where it doesn't. */
export function endingOf(name: string): string {
  return /\.[a-z0-9]{1,10}$/i.exec(name)?.[0].toLowerCase() ?? ''
}

/**
 * A name that is safe to show and to save under, wherever: no path, no character that steers a terminal, a file system
 * or the direction of writing, and the ending of what the file is, so that nothing passes for a program.
 */
export function cleanName(given: string, { endings }: FileType): string {
  const base = given
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\uFFFD<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const ending = endingOf(base)
  const isRight = endings.includes(ending)
  const stem = isRight ? base.slice(0, -ending.length).replace(/[\s.]+$/, '') : base
  return `${shorten(stem) || 'file'}${isRight ? ending : endings[0]}`
}

/** Whole characters only: half of a pair would be none. */
function shorten(text: string): string {
  return text.length <= LONGEST
    ? text
    : text
        .slice(0, LONGEST)
        .toWellFormed()
        .replace(/\uFFFD$/, '')
        .trimEnd()
}
