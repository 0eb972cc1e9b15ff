import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'

/** Text a person typed: trimmed, without NUL, at most `max` characters. */
export function text(max: number, min = 0) {
  return z
    .string()
    .trim()
    .min(min, min === 1 ? 'is required' : `must have at least ${min} characters`)
    .max(max, `must have at most ${max} characters`)
    .refine(value => !value.includes('\0'), 'must not contain NUL characters')
}

export const id = z.uuid('must be an id').transform(value => value.toLowerCase())

export const slug = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be of lower-case letters, digits and hyphens')

/** An offer by slug or id. */
export const slugOrId = z.string().regex(/^[0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?$/, 'must be a slug or an id')

/** An instant with its offset, 1970–2200. */
export const instant = z
  .string()
  .max(40)
  .transform((value, issues) => {
    const parsed = /T.*([zZ]|[+-]\d\d:?\d\d)$/.test(value)
      ? DateTime.fromISO(value)
      : DateTime.invalid('no offset')
    if (parsed.isValid && parsed.year >= 1970 && parsed.year < 2200) return parsed.toJSDate()
    issues.addIssue({
      code: 'custom',
      message: 'must be an instant such as 2027-03-08T09:00:00Z, between 1970 and 2200',
    })
    return z.NEVER
  })

export const localDate = z
  .string()
  .regex(/^(19[7-9]\d|20\d\d|21\d\d)-\d\d-\d\d$/, 'must be a date such as 2027-03-08')
  .refine(value => DateTime.fromISO(value).isValid, 'is not a date of the calendar')

export const timeZone = z
  .string()
  .max(64)
  .refine(value => IANAZone.isValidZone(value), 'must be an IANA time zone such as Europe/Berlin')

export const email = z
  .email('must be an e-mail address')
  .max(254)
  .transform(value => value.toLowerCase())

export const idempotencyKey = z
  .string()
  .regex(/^[\w-]{16,128}$/, 'must have 16 to 128 letters, digits, - or _')

/** A version of the business's rules; 0 is none. */
export const policyVersion = z.int32().min(0)

/** Seats of one booking. */
export const seats = z.int().min(1, 'at least one seat').max(100, 'at most 100 seats')

/** The quota of a session's seats: `any` where it has but one. */
export const seatMode = z.enum(['any', 'online', 'in_person'])

const currencies = new Set(Intl.supportedValuesOf('currency'))

export const currency = z
  .string()
  .max(3)
  .refine(value => currencies.has(value), 'must be an ISO 4217 code such as EUR')

/** A password as typed: kept as it is. */
export const password = z
  .string()
  .min(1, 'is required')
  .max(200, 'must have at most 200 characters')
  .refine(value => !value.includes('\0'), 'must not contain NUL characters')

/** A path of this host to come back to. */
export const path = z
  .string()
  .max(200)
  .regex(/^\/(?![/\\])[\w\-/?=&.%]*$/, 'must be a path of this host, such as /admin')

/** Why a request is declined by itself. */
const SYSTEM_CODES = new Set(['approval_timeout', 'competing_request'])

/** One of the common reasons why a coach declines. */
export const declineCode = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .refine(code => !SYSTEM_CODES.has(code), 'is for what Rapport declines by itself')
