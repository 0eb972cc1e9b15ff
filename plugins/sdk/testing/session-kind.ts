import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cancellationTerms } from '../cancellation-terms.ts'
import type { PriceAsk, SessionKind, SessionRules } from '../session-kind.ts'
import { type PricePhase, type SessionTerms, sessionTerms, TERMS_SECTIONS } from '../session-terms.ts'

const DAY = 86_400_000
const START = Date.UTC(2027, 2, 8, 9)

/** What every kind of session owes the host, whoever wrote it: call it in the kind's own test file. */
export function sessionKindContract(kind: SessionKind): void {
  describe(`the kind ${kind.id}`, () => {
    test('has an id to be stored and words for people', () => {
      expect(kind.id).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/)
      expect(kind.label.trim()).not.toBe('')
      expect(kind.description.trim()).not.toBe('')
    })

    test('has settings that need no answer, each described for a form', () => {
      expect(() => kind.settings.parse({})).not.toThrow()
      for (const [name, field] of Object.entries(kind.settings.shape))
        expect((field as { description?: string }).description, name).toBeTruthy()
    })

    test('takes an offer’s time and at least one seat for a booking', () => {
      const { durationMinutes, capacity } = kind.occupies({ durationMinutes: 45, settings: settingsOf(kind) })
      expect(durationMinutes).toBeGreaterThan(0)
      expect(Number.isInteger(capacity) && capacity > 0).toBe(true)
    })

    test('says how people meet', () => {
      const formats = ['online', 'in_person', 'hybrid']
      expect(formats).toContain(kind.format({ settings: settingsOf(kind), terms: null }))
    })

    test('has rules for sessions there, and only there, where clients book sessions', () => {
      expect(kind.sessions !== undefined).toBe(kind.bookedBy === 'session')
    })

    test('charges cancelling by terms that can be kept, if it has a say in that', () => {
      fc.assert(
        fc.property(arbitraryTerms, terms => {
          const says = kind.cancellation?.({
            settings: settingsOf(kind),
            terms: kind.sessions ? terms : null,
          })
          if (says) expect(cancellationTerms.parse(says)).toEqual(says)
        }),
      )
    })

    if (kind.sessions) testSessionRules(kind, kind.sessions)
  })
}

function testSessionRules(kind: SessionKind, rules: SessionRules): void {
  const terms = arbitraryTerms
  const asks = fc.record({ terms, ask: arbitraryAsk }).map(({ terms, ask }) => askOf(terms, ask))
  const accepted = (terms: SessionTerms, priceMinor: number) =>
    rules.check(terms, { priceMinor }).length === 0

  test('accepts the terms a new offer starts out with, whatever it costs', () => {
    const defaults = sessionTerms.parse(rules.defaults)
    for (const priceMinor of [0, 8000]) expect(rules.check(defaults, { priceMinor })).toEqual([])
    expect(rules.sections.every(section => TERMS_SECTIONS.includes(section))).toBe(true)
  })

  test('names the field and says a sentence for each thing that is wrong', () => {
    fc.assert(
      fc.property(terms, fc.nat(20_000), (terms, priceMinor) => {
        for (const { field, sentence } of rules.check(terms, { priceMinor })) {
          expect(Object.keys(terms)).toContain(field.split('.')[0])
          expect(sentence).toMatch(/^[A-Z].*\.$/)
        }
      }),
    )
  })

  test('has seats of each quota, all of them those of the terms', () => {
    fc.assert(
      fc.property(terms, fc.nat(20_000), (terms, priceMinor) => {
        fc.pre(accepted(terms, priceMinor))
        const quotas = rules.seats(terms)
        expect(new Set(quotas.map(({ mode }) => mode)).size).toBe(quotas.length)
        expect(quotas.every(({ capacity }) => Number.isInteger(capacity) && capacity > 0)).toBe(true)
        expect(quotas.reduce((total, { capacity }) => total + capacity, 0)).toBe(
          terms.capacity + (terms.onlineCapacity ?? 0),
        )
        expect(['online', 'in_person', 'hybrid']).toContain(
          kind.format({ settings: settingsOf(kind), terms }),
        )
      }),
    )
  })

  test('has prices in whole minor units that are never negative and that their lines add up to', () => {
    fc.assert(
      fc.property(asks, ask => {
        const { lines, amountMinor } = rules.price(ask)
        expect(amountMinor).toBeGreaterThanOrEqual(0)
        expect(lines.length).toBeGreaterThan(0)
        expect(lines.every(line => Number.isSafeInteger(line.amountMinor) && line.label.trim() !== '')).toBe(
          true,
        )
        expect(lines.reduce((total, line) => total + line.amountMinor, 0)).toBe(amountMinor)
      }),
    )
  })

  test('asks at once for a part of the price only, or for all of it', () => {
    fc.assert(
      fc.property(asks, ask => {
        const { depositMinor, amountMinor } = rules.price(ask)
        if (depositMinor === null) return
        expect(Number.isSafeInteger(depositMinor)).toBe(true)
        expect(depositMinor).toBeGreaterThanOrEqual(0)
        expect(depositMinor).toBeLessThanOrEqual(amountMinor)
      }),
    )
  })

  test('never asks more of a connected client, and gives the same price for the same question', () => {
    fc.assert(
      fc.property(asks, ask => {
        const connected = rules.price({ ...ask, connected: true })
        expect(connected.amountMinor).toBeLessThanOrEqual(
          rules.price({ ...ask, connected: false }).amountMinor,
        )
        expect(rules.price({ ...ask, connected: true })).toEqual(connected)
      }),
    )
  })

  test('names the phase that holds, and no phase of one that is over', () => {
    fc.assert(
      fc.property(asks, ask => {
        const { phase } = rules.price(ask)
        expect(phase !== null).toBe(ask.phases.length > 0)
        const isLast = phase?.name === ask.phases.at(-1)?.name
        if (phase && !isLast) {
          expect(phase.until === null || phase.until > ask.now).toBe(true)
          expect(phase.seatsLeft === null || phase.seatsLeft > 0).toBe(true)
        }
      }),
    )
  })
}

function settingsOf(kind: SessionKind): Record<string, unknown> {
  return kind.settings.parse({})
}

const money = fc.oneof(fc.constant(0), fc.nat(20_000))

/** One to three phases in their order, each with an end but the last. */
const arbitraryPhases: fc.Arbitrary<PricePhase[]> = fc
  .record({
    names: fc.subarray<PricePhase['name']>(['early_bird', 'regular', 'late']),
    prices: fc.array(money, { minLength: 3, maxLength: 3 }),
    ends: fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { minLength: 2, maxLength: 2 }),
    seats: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 2 })),
  })
  .map(({ names, prices, ends, seats }) => {
    const days = ends.toSorted((a, b) => b - a)
    const counts = seats?.toSorted((a, b) => a - b)
    return names.map((name, index) => {
      const isLast = index === names.length - 1
      return {
        name,
        priceMinor: prices[index]!,
        endsDaysBefore: isLast ? null : days[index]!,
        seats: isLast ? null : (counts?.[index] ?? null),
      }
    })
  })

/** Terms as the host would hand them over: some that can be kept, some that can't. */
const arbitraryTerms: fc.Arbitrary<SessionTerms> = fc
  .record({
    format: fc.constantFrom('online', 'in_person', 'hybrid'),
    venue: fc.option(fc.constant({ address: 'Lindenstr. 5, Berlin', mapUrl: null, travelNote: '' })),
    capacity: fc.integer({ min: 1, max: 30 }),
    onlineCapacity: fc.option(fc.integer({ min: 1, max: 30 })),
    maxSeatsPerBooking: fc.integer({ min: 1, max: 6 }),
    closesHoursBefore: fc.nat(100),
    phases: arbitraryPhases,
    groupDiscount: fc.option(
      fc.record({ seats: fc.integer({ min: 2, max: 6 }), percent: fc.integer({ min: 1, max: 100 }) }),
    ),
    connectedPercent: fc.integer({ min: 0, max: 100 }),
    deposit: fc.option(fc.record({ amountMinor: money, balanceDaysBefore: fc.nat(60) })),
    minimum: fc.option(
      fc.record({
        seats: fc.integer({ min: 1, max: 40 }),
        decidesDaysBefore: fc.integer({ min: 1, max: 30 }),
        otherwise: fc.constantFrom('cancel', 'extend', 'ask'),
        extendsDays: fc.integer({ min: 1, max: 30 }),
      }),
    ),
  })
  .chain(full => fc.subarray(Object.entries(full)).map(entries => Object.fromEntries(entries)))
  .map(terms => sessionTerms.parse(terms))

const arbitraryAsk = fc.record({
  priceMinor: money,
  seats: fc.integer({ min: 1, max: 6 }),
  sold: fc.nat(20),
  connected: fc.boolean(),
  discountPercent: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
  depositPercent: fc.option(fc.integer({ min: 1, max: 100 })),
  daysBefore: fc.integer({ min: 0, max: 120 }),
})

function askOf(
  terms: SessionTerms,
  { daysBefore, ...ask }: Omit<PriceAsk, 'terms' | 'phases' | 'now'> & { daysBefore: number },
): PriceAsk {
  return {
    ...ask,
    terms,
    phases: terms.phases.map(({ endsDaysBefore, ...phase }) => ({
      ...phase,
      until: endsDaysBefore === null ? null : new Date(START - endsDaysBefore * DAY),
    })),
    now: new Date(START - daysBefore * DAY),
  }
}
