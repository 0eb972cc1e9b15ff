import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { drawCertificate } from '#server/domain/certificates/draw-certificate.ts'
import { sayDays, sayLength, sayNames } from '#server/domain/certificates/say.ts'
import { pdfText } from '#tests/support/pdf-text.ts'

const certificate = {
  code: 'ABCDEFGHJKMN',
  name: 'Łukasz Żółć',
  title: 'Breathing',
  minutes: 390,
  heldOn: ['2027-03-20', '2027-03-27'],
  coaches: ['Zoë Ďuriš', 'Αθηνά Ιωάννου'],
  issuedAt: new Date('2027-03-27T23:30:00Z'),
  revokedAt: null,
}
const business = { name: 'Aurora Coaching', accent: '#3f51b5', timeZone: 'Europe/Berlin', logo: null }
const URL = 'https://aurora.example/certificates/ABCDEFGHJKMN'

describe('a certificate', () => {
  test('can be read, whatever letters its names are written in', async () => {
    const pdf = await drawCertificate(certificate, business, URL)
    expect(pdfText(pdf)).toEqual([
      'Aurora Coaching',
      'Certificate of attendance',
      'Łukasz Żółć',
      'took part in',
      'Breathing',
      '20 and 27 March 2027 · 6 hours 30 minutes',
      'Led by Zoë Ďuriš and Αθηνά Ιωάννου',
      'Issued on 28 March 2027',
      'Code ABCD EFGH JKMN',
      `Verify at ${URL}`,
    ])
  })

  test('is the same each time it is drawn', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => drawCertificate(certificate, business, URL)))
    expect(first!.equals(second!)).toBe(true)
  })

  test('keeps to one page with the longest names there can be', async () => {
    const long = {
      ...certificate,
      name: 'Wilhelmine '.repeat(11).slice(0, 120),
      title: 'W'.repeat(200),
      coaches: Array.from({ length: 20 }, (_, number) => `Facilitator Number ${number}`),
    }
    const pdf = (await drawCertificate(long, { ...business, name: 'B'.repeat(120) }, URL)).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })

  test('carries the business’s logo beside its name', async () => {
    const pdf = await drawCertificate(certificate, { ...business, logo: onePixel() }, URL)
    expect(pdf.toString('latin1')).toMatch(/\/Subtype \/Image/)
    expect(pdfText(pdf)[0]).toBe('Aurora Coaching')
  })

  test('is drawn without a logo that is broken', async () => {
    const broken = onePixel().subarray(0, 20)
    const pdf = await drawCertificate(certificate, { ...business, logo: broken }, URL)
    expect(pdfText(pdf)).toContain('Łukasz Żółć')
  })

  test.each([
    ['unpacks to more than anybody would look at', onePixel({ side: 4_000 })],
    ['says less than it unpacks to', onePixel({ content: Buffer.alloc(60_000_000) })],
  ])('is drawn without a logo that %s, and keeps nobody waiting', async (_, logo) => {
    expect(logo.length).toBeLessThan(512 * 1024)
    const startedAt = performance.now()
    const pdf = await drawCertificate(certificate, { ...business, logo }, URL)
    expect(performance.now() - startedAt).toBeLessThan(700)
    expect(pdf.toString('latin1')).not.toMatch(/\/Subtype \/Image/)
    expect(pdfText(pdf)).toContain('Łukasz Żółć')
  })
})

test('days, hours and names are told as people say them', () => {
  expect(sayDays(['2027-03-20'])).toBe('20 March 2027')
  expect(sayDays(['2027-03-20', '2027-03-21', '2027-04-03'])).toBe('20, 21 March and 3 April 2027')
  expect(sayDays(['2027-12-31', '2028-01-01'])).toBe('31 December 2027 and 1 January 2028')
  expect([1, 45, 60, 61, 390, 1440].map(sayLength)).toEqual([
    '1 minute',
    '45 minutes',
    '1 hour',
    '1 hour 1 minute',
    '6 hours 30 minutes',
    '24 hours',
  ])
  expect(sayNames(['Anna', 'Ben', 'Cora'])).toBe('Anna, Ben and Cora')
})

/** A PNG of one red pixel, or of transparent ones: so large, or with other content than it says. */
function onePixel({ side = 0, content }: { side?: number; content?: Buffer } = {}): Buffer {
  const isClear = side > 0 || content !== undefined
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, isClear ? 6 : 2, 0, 0, 0])
  header.writeUInt32BE(side || 1, 0)
  header.writeUInt32BE(side || 1, 4)
  const pixels = content ?? (side > 0 ? Buffer.alloc(side * (side * 4 + 1)) : Buffer.from([0, 255, 0, 0]))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
