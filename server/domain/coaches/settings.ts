import type { TenantTransaction } from '#server/db/in-tenant.ts'
import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import type { Command, Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { type CoachSettings, type SettingsWarning, validateSettings } from '../rules/settings.ts'
import { type SettingsSentence, settingsSentences } from '../rules/settings-sentences.ts'
import { requireCoach } from './require-coach.ts'

export interface CoachSettingsView {
  settings: CoachSettings
  /** The settings read out. */
  sentences: SettingsSentence[]
  /** What may stay but is hardly meant. */
  warnings: SettingsWarning[]
  /** The version of the coach's calendar they belong to. */
  version: number
}

/** A coach's settings 008–016, for staff who may change them. */
export async function readSettings(
  query: Query,
  { coachId }: { coachId: string },
): Promise<CoachSettingsView> {
  await requireCoach(query, coachId, 'coaches.edit')
  return viewSettings(query, coachId)
}

/** How settings would read, and what would be doubtful about them, were they saved. */
export async function previewSettings(
  query: Query,
  { coachId, settings }: { coachId: string; settings: CoachSettings },
): Promise<Pick<CoachSettingsView, 'sentences' | 'warnings'>> {
  await requireCoach(query, coachId, 'coaches.edit')
  return readOut(query, coachId, settings)
}

/**
 * Saves a coach's settings, raises the version of the calendar and keeps who changed what from what (017).
 * 400 `SETTINGS` with the field for values that make no sense. Saving what stands leaves no trace of a change.
 */
export async function saveSettings(
  command: Command,
  { coachId, settings: input }: { coachId: string; settings: CoachSettings },
): Promise<CoachSettingsView> {
  await requireCoach(command, coachId, 'coaches.edit')
  const { settings, problems } = validateSettings(input)
  if (!settings) {
    const { field, message } = problems[0]!
    throw new Refusal('input', 'SETTINGS', `${message}.`, { field: `settings.${field}`, data: { problems } })
  }

  await lockCalendars(command, [coachId])
  const before = await settingsOf(command.trx, command.tenantId, coachId)
  const changed = (Object.keys(settings) as (keyof CoachSettings)[]).filter(
    name => settings[name] !== before[name],
  )
  if (changed.length > 0) {
    await command.trx
      .updateTable('coaches')
      .set(columns(settings))
      .where('tenant_id', '=', command.tenantId)
      .where('id', '=', coachId)
      .execute()
    await record(command, 'coach.settings_changed', {
      subject: 'coach',
      subjectId: coachId,
      coachId,
      data: { old: pick(before, changed), new: pick(settings, changed) },
    })
  }
  return viewSettings(command, coachId)
}

async function viewSettings(query: Query, coachId: string): Promise<CoachSettingsView> {
  const { trx, tenantId } = query
  const settings = await settingsOf(trx, tenantId, coachId)
  const { version } = await trx
    .selectFrom('calendars')
    .select('version')
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .executeTakeFirstOrThrow()
  return { settings, ...(await readOut(query, coachId, settings)), version }
}

async function readOut({ trx, tenantId }: Query, coachId: string, settings: CoachSettings) {
  const offers = await trx
    .selectFrom('offers as o')
    .innerJoin('offer_coaches as oc', join =>
      join.onRef('oc.tenant_id', '=', 'o.tenant_id').onRef('oc.offer_id', '=', 'o.id'),
    )
    .where('o.tenant_id', '=', tenantId)
    .where('oc.coach_id', '=', coachId)
    .where('o.active', '=', true)
    .select(['o.title', 'o.notice_minutes as minimumNoticeMinutes'])
    .orderBy('o.position')
    .execute()
  const { warnings } = validateSettings(settings, offers)
  return { sentences: settingsSentences(settings), warnings }
}

export async function settingsOf(
  trx: TenantTransaction,
  tenantId: string,
  coachId: string,
): Promise<CoachSettings> {
  return (await settingsOfCoaches(trx, tenantId, [coachId])).get(coachId)!
}

/** The settings of several coaches, by their ids. */
export async function settingsOfCoaches(
  trx: TenantTransaction,
  tenantId: string,
  coachIds: readonly string[],
): Promise<Map<string, CoachSettings>> {
  if (coachIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('coaches')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', coachIds)
    .select([
      'id',
      'allow_firm_booking as allowFirmBooking',
      'firm_booking_threshold_hours as firmBookingThresholdHours',
      'require_approval_non_connected as requireApprovalNonConnected',
      'buffer_minutes as bufferMinutes',
      'buffer_external_busy as bufferExternalBusy',
      'max_sessions_per_day as maxSessionsPerDay',
      'max_sessions_per_week as maxSessionsPerWeek',
      'limit_outcome as limitOutcome',
      'calendar_visibility as calendarVisibility',
      'approval_hours as approvalHours',
      'approval_timeout as approvalTimeout',
      'competing_requests as competingRequests',
    ])
    .execute()
  return new Map(rows.map(({ id, ...settings }) => [id, settings]))
}

/** Settings as the columns they are kept in. */
export function columns(settings: CoachSettings) {
  return {
    allow_firm_booking: settings.allowFirmBooking,
    firm_booking_threshold_hours: settings.firmBookingThresholdHours,
    require_approval_non_connected: settings.requireApprovalNonConnected,
    buffer_minutes: settings.bufferMinutes,
    buffer_external_busy: settings.bufferExternalBusy,
    max_sessions_per_day: settings.maxSessionsPerDay,
    max_sessions_per_week: settings.maxSessionsPerWeek,
    limit_outcome: settings.limitOutcome,
    calendar_visibility: settings.calendarVisibility,
    approval_hours: settings.approvalHours,
    approval_timeout: settings.approvalTimeout,
    competing_requests: settings.competingRequests,
  }
}

function pick(settings: CoachSettings, names: (keyof CoachSettings)[]) {
  return Object.fromEntries(names.map(name => [name, settings[name]]))
}
