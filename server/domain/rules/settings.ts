import { z } from 'zod'

function whole(from: number, to: number, what: string) {
  const message = `${what} must be a whole number from ${from} to ${to}`
  return z.int(message).min(from, message).max(to, message)
}

/** An offer's own bound, the nearest a client may book: minutes before the start. */
export const minimumNoticeSchema = whole(0, 43_200, 'The minimum notice in minutes')

/** The coach's settings (008–016, C3) and what becomes of a request nobody answers. */
export const coachSettingsSchema = z.strictObject({
  allowFirmBooking: z.boolean(),
  /** Instant booking needs a start more than this many hours ahead (009, C1). */
  firmBookingThresholdHours: whole(0, 720, 'The hours for instant booking'),
  requireApprovalNonConnected: z.boolean(),
  bufferMinutes: whole(0, 240, 'The break in minutes'),
  /** Whether busy time in external calendars keeps the buffer too. */
  bufferExternalBusy: z.boolean(),
  /** On the coach's local day and week; null is no limit. */
  maxSessionsPerDay: whole(1, 50, 'The most sessions a day').nullable(),
  maxSessionsPerWeek: whole(1, 200, 'The most sessions a week').nullable(),
  limitOutcome: z.enum(['refuse', 'request']),
  calendarVisibility: z.enum(['public', 'connected', 'private']),
  /** How long the coach has to answer a request, and what its end then means. */
  approvalHours: whole(1, 168, 'The hours to answer a request'),
  approvalTimeout: z.enum(['decline', 'approve']),
  /** Whether several clients may ask for the same time, until one of them is approved (C9). */
  competingRequests: z.boolean(),
})
export type CoachSettings = z.infer<typeof coachSettingsSchema>

export const defaultSettings: CoachSettings = {
  allowFirmBooking: true,
  firmBookingThresholdHours: 24,
  requireApprovalNonConnected: false,
  bufferMinutes: 15,
  bufferExternalBusy: true,
  maxSessionsPerDay: null,
  maxSessionsPerWeek: null,
  limitOutcome: 'refuse',
  calendarVisibility: 'public',
  approvalHours: 48,
  approvalTimeout: 'decline',
  competingRequests: false,
}

export interface SettingsWarning {
  field: keyof CoachSettings
  message: string
}

export interface CheckedSettings {
  /** Null where a value is refused. */
  settings: CoachSettings | null
  /** What is refused, by field (017). A field we don't know stands under its own name. */
  problems: { field: string; message: string }[]
  /** What may be saved but is hardly meant. */
  warnings: SettingsWarning[]
}

/** Checks settings as typed into the form; `offers` are those of the coach, for their minimum notice (C1). */
export function validateSettings(
  input: unknown,
  offers: readonly { title: string; minimumNoticeMinutes: number }[] = [],
): CheckedSettings {
  const checked = coachSettingsSchema.safeParse(input)
  if (!checked.success)
    return { settings: null, problems: checked.error.issues.flatMap(problems), warnings: [] }

  const settings = checked.data
  return {
    settings,
    problems: [],
    warnings: [...noticeWarnings(settings, offers), ...limitWarnings(settings)],
  }
}

function problems(issue: z.core.$ZodIssue) {
  if (issue.code !== 'unrecognized_keys')
    return [{ field: String(issue.path[0] ?? ''), message: issue.message }]
  return issue.keys.map(field => ({ field, message: 'There is no such setting' }))
}

function noticeWarnings(
  { allowFirmBooking, firmBookingThresholdHours }: CoachSettings,
  offers: readonly { title: string; minimumNoticeMinutes: number }[],
): SettingsWarning[] {
  if (!allowFirmBooking || firmBookingThresholdHours === 0) return []
  return offers
    .filter(offer => offer.minimumNoticeMinutes >= firmBookingThresholdHours * 60)
    .map(offer => ({
      field: 'firmBookingThresholdHours',
      message: `Nothing of "${offer.title}" would be a request by time: its bookings close before instant booking ends.`,
    }))
}

function limitWarnings({ maxSessionsPerDay, maxSessionsPerWeek }: CoachSettings): SettingsWarning[] {
  if (maxSessionsPerDay === null || maxSessionsPerWeek === null) return []
  if (maxSessionsPerWeek >= maxSessionsPerDay) return []
  return [
    { field: 'maxSessionsPerDay', message: 'The limit for the week is reached before the one for a day.' },
  ]
}
