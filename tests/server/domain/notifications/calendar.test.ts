import fc from 'fast-check'
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { bookingCalendar, type CalendarEntry } from '#server/domain/notifications/calendar.ts'

const zones = Intl.supportedValuesOf('timeZone')

function write(startsAt: Date, timeZone: string, change: Partial<CalendarEntry> = {}) {
  const person = { personId: 'p', timeZone }
  return bookingCalendar({
    booking: {
      id: 'booking-1',
      status: 'CONFIRMED',
      mode: 'any',
      createdAt: new Date('2026-12-01T00:00:00Z'),
      held: null,
      session: {
        id: 'session-1',
        calendarUid: 'session-1@rapport',
        sequence: 3,
        timeZone,
        startsAt,
        endsAt: new Date(startsAt.getTime() + 50 * 60_000),
      },
      offer: {
        slug: 'talk',
        title: 'A talk; with, commas\nand lines',
        location: 'Room 1',
        kind: '1on1',
        kindSettings: {},
      },
      client: { ...person, name: 'Clara "C" Client', email: 'clara@client.example' },
      coach: {
        ...person,
        id: 'c',
        name: 'Ada, Aurora',
        email: 'ada@coach.example',
        approvalTimeout: 'decline',
      },
    },
    method: 'REQUEST',
    audience: 'client',
    url: 'https://aurora.example/b/token',
    joinUrl: null,
    organizer: { name: 'Aurora', email: 'hello@rapport.example' },
    now: new Date('2027-01-01T00:00:00Z'),
    ...change,
  })
}

/** Reads an entry by the rules of the zone it brings along, which is all that a foreign program may have. */
function read(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
  const rules = calendar.getFirstSubcomponent('vtimezone')
  const zone = rules ? new ICAL.Timezone(rules) : ICAL.Timezone.utcTimezone
  const instant = (time: ICAL.Time) => {
    const { year, month, day, hour, minute, second } = time
    return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, zone).toJSDate()
  }
  return {
    event,
    startsAt: instant(event.startDate),
    endsAt: instant(event.endDate),
    calendar,
    hasZone: rules !== null,
  }
}

describe('a calendar entry', () => {
  it('says what people typed, whatever characters it has', () => {
    const { event, calendar } = read(write(new Date('2027-03-10T09:00:00Z'), 'Europe/Berlin'))
    expect(event.summary).toBe('A talk; with, commas and lines with Ada, Aurora')
    expect(event.location).toBe('Room 1')
    expect(event.uid).toBe('session-1@rapport')
    expect(event.sequence).toBe(3)
    expect(event.component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2027-01-01T00:00:00Z')
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST')
    expect(event.attendees.map(attendee => attendee.getParameter('partstat'))).toEqual([
      'ACCEPTED',
      'ACCEPTED',
    ])
  })

  it('cancels under the same UID', () => {
    const { event, calendar } = read(
      write(new Date('2027-03-10T09:00:00Z'), 'Europe/Berlin', { method: 'CANCEL' }),
    )
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(event.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(event.uid).toBe('session-1@rapport')
  })

  it('has lines of at most 75 octets, each ended by CRLF', () => {
    const ics = write(new Date('2027-03-10T09:00:00Z'), 'Europe/Berlin', {
      url: `https://aurora.example/b/${'ü'.repeat(200)}`,
    })
    expect(ics.split('\r\n').every(line => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(ics.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('names the same instant as ours by its own rules, in every zone of this machine', () => {
    const wrong: string[] = []
    const instants = [Date.UTC(2025, 6, 15, 12), Date.UTC(2027, 0, 15, 12), Date.UTC(2036, 6, 15, 12)]
    for (const zone of zones) {
      for (const at of instants) {
        const startsAt = new Date(at)
        const found = read(write(startsAt, zone))
        const isAhead = at > Date.UTC(2027, 0, 1)
        if (found.startsAt.getTime() !== at || (isAhead && !found.hasZone))
          wrong.push(`${zone} ${startsAt.toISOString()}`)
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('keeps start and end around clock changes, where the wall clock names one instant', () => {
    const sample = [
      'Europe/Berlin',
      'America/New_York',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Asia/Beirut',
      'Africa/Cairo',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...sample),
        fc.integer({ min: Date.UTC(2024, 0, 1) / 300_000, max: Date.UTC(2037, 0, 1) / 300_000 }),
        (zone, step) => {
          const startsAt = new Date(step * 300_000)
          const endsAt = new Date(startsAt.getTime() + 50 * 60_000)
          fc.pre(isNamedOnce(startsAt, zone) && isNamedOnce(endsAt, zone))
          const found = read(write(startsAt, zone))
          expect([found.startsAt, found.endsAt]).toEqual([startsAt, endsAt])
        },
      ),
      { numRuns: 150 },
    )
  })
})

/** Whether no other instant of the day has the same wall clock. */
function isNamedOnce(at: Date, zone: string) {
  const local = DateTime.fromJSDate(at, { zone })
  const others = [-60, -30, 30, 60].map(minutes => local.plus({ minutes }))
  return others.every(other => other.toFormat('yyyyMMddHHmm') !== local.toFormat('yyyyMMddHHmm'))
}
