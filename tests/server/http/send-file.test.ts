import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '#tests/support/api.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, type TestSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'
import { startS3Server } from '#tests/support/third-parties/s3-server.ts'
import { keepFile, samples } from '#tests/support/uploads.ts'

// The session is held on 20 March, from 10 to 11 o'clock in UTC.
let now = new Date('2027-03-01T08:00:00Z')
let house: TestHouse
let business: Business
let session: TestSession
let clara: TakesPart
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
  business = await signUpBusiness(house)
  session = await makeSession(house, business, { terms: { recordingDays: 10 } })
  clara = await takePart(house, business, session)
})
afterAll(() => house.stop())

async function addFile(
  content: Buffer,
  sent: { name: string; purpose?: string },
  more: Record<string, unknown> = {},
) {
  const fileId = await keepFile(business.owner, content, sent)
  const material = { sessionId: session.sessionId, phase: 'before', title: sent.name, fileId, ...more }
  const { id } = expectData(await business.owner.mutate('materials.add', material))
  return { fileId, id }
}

const statusFor = async (api: Api, id: string, token?: string) =>
  (await api.send('GET', `/files/${id}${token ? `?token=${token}` : ''}`)).status

describe('a file', () => {
  test('comes as what it is, and nothing in it may run', async () => {
    const { fileId } = await addFile(samples.pdf, { name: 'Übung “eins”.pdf' })
    const { status, headers, body } = await business.owner.send('GET', `/files/${fileId}`)
    expect([status, body]).toEqual([200, samples.pdf.toString()])
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(samples.pdf.length),
      'content-disposition':
        'inline; filename="_bung _eins_.pdf"; filename*=UTF-8\'\'%C3%9Cbung%20%E2%80%9Ceins%E2%80%9D.pdf',
      'content-security-policy': "script-src 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache, no-transform',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test.each([
    ['picture.png', samples.png, 'image/png', 'inline'],
    ['talk.mp3', samples.mp3, 'audio/mpeg', 'inline'],
    ['all.zip', samples.zip, 'application/zip', 'attachment'],
    ['read me.txt', samples.text, 'text/plain; charset=utf-8', 'attachment'],
  ])('%s is shown only where it can do no harm', async (name, content, type, disposition) => {
    const { fileId } = await addFile(content, { name })
    const { headers } = await business.owner.send('GET', `/files/${fileId}`)
    expect(headers).toMatchObject({
      'content-type': type,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-disposition']).toMatch(new RegExp(`^${disposition}; filename="`))
  })

  test('isn’t sent again to who has it, and not at all to who only asks for its head', async () => {
    const { fileId } = await addFile(samples.text, { name: 'notes.txt' })
    const { headers } = await business.owner.send('HEAD', `/files/${fileId}`)
    expect(headers['content-length']).toBe(String(samples.text.length))
    const again = { headers: { 'if-none-match': headers.etag! } }
    expect((await business.owner.send('GET', `/files/${fileId}`, again)).status).toBe(304)
  })

  test.each(['disk', 'bucket'])('can be had in ranges, from a %s', async kind => {
    const s3 = await startS3Server()
    const env = {
      S3_URL: s3.url,
      S3_BUCKET: s3.bucket,
      S3_REGION: s3.region,
      S3_KEY_ID: s3.keyId,
      S3_SECRET: s3.secret,
    }
    const other = await createHouse({ clock: () => now, database: house, ...(kind === 'bucket' && { env }) })
    const at = other.api(business.host)
    expectData(await at.mutate('auth.signIn', business))
    const fileId = await keepFile(at, samples.mp4, { name: 'film.mp4' })
    const material = { sessionId: session.sessionId, phase: 'before', title: 'Film', fileId }
    expectData(await at.mutate('materials.add', material))
    const size = samples.mp4.length
    const ask = async (range: string, more = {}) => {
      const { status, headers, body } = await at.send('GET', `/files/${fileId}`, {
        headers: { range, ...more },
      })
      return [status, headers['content-range'], body.length]
    }
    expect(await ask('bytes=0-9')).toEqual([206, `bytes 0-9/${size}`, 10])
    expect(await ask('bytes=4000-')).toEqual([206, `bytes 4000-${size - 1}/${size}`, size - 4000])
    expect(await ask('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, 5])
    expect(await ask('bytes=10-99999999')).toEqual([206, `bytes 10-${size - 1}/${size}`, size - 10])
    expect(await ask(`bytes=-${size * 2}`)).toEqual([206, `bytes 0-${size - 1}/${size}`, size])
    expect(await ask(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, 0])
    expect(await ask('bytes=-0')).toEqual([416, `bytes */${size}`, 0])
    for (const odd of [
      'bytes=9-0',
      'bytes=0-1,4-5',
      'bytes=-',
      'lines=1-2',
      'bytes=0x1-2',
      `bytes=${'9'.repeat(99)}-`,
    ]) {
      expect(await ask(odd)).toEqual([200, undefined, size])
    }
    expect(await ask('bytes=0-9', { 'if-range': '"another"' })).toEqual([200, undefined, size])
    await other.stop()
    await s3.stop()
  })
})

describe('who may have a file', () => {
  test('staff whose role covers the session, and whoever takes part in it', async () => {
    const { fileId } = await addFile(samples.pdf, { name: 'notes.pdf' })
    const leader = await signedIn(house, business, { role: 'coach' })
    const admin = await signedIn(house, business, { role: 'admin' })
    const stranger = await signedIn(house, business)
    const participant = await signedIn(house, business)
    await takePart(house, business, session, { personId: participant.personId })
    const requested = await signedIn(house, business)
    await takePart(house, business, session, { personId: requested.personId, status: 'REQUESTED' })
    const visitor = business.visitor()
    expect(await statusFor(business.owner, fileId)).toBe(200)
    expect(await statusFor(admin.api, fileId)).toBe(200)
    expect(await statusFor(leader.api, fileId)).toBe(404)
    expect(await statusFor(participant.api, fileId)).toBe(200)
    expect(await statusFor(requested.api, fileId)).toBe(404)
    expect(await statusFor(stranger.api, fileId)).toBe(404)
    expect(await statusFor(visitor, fileId)).toBe(404)
    expect(await statusFor(visitor, fileId, clara.handle.token)).toBe(200)
    expect(await statusFor(visitor, fileId, `${clara.handle.token}x`)).toBe(404)
  })

  test('nobody by a booking that was cancelled, or of another session', async () => {
    const { fileId } = await addFile(samples.pdf, { name: 'notes.pdf' })
    const gone = await takePart(house, business, session, { status: 'CANCELLED' })
    const other = await makeSession(house, business, { dates: ['2027-03-21T10:00:00Z'] })
    // The same person also takes part in the session itself: a link speaks for its own booking alone.
    const elsewhere = await takePart(house, business, other, { personId: clara.personId })
    expect(await statusFor(business.visitor(), fileId, gone.handle.token)).toBe(404)
    expect(await statusFor(business.visitor(), fileId, elsewhere.handle.token)).toBe(404)
  })

  test('nobody of another business, not even with the right id', async () => {
    const { fileId } = await addFile(samples.pdf, { name: 'notes.pdf' })
    const another = await signUpBusiness(house)
    expect(await statusFor(another.owner, fileId)).toBe(404)
    expect(await statusFor(another.visitor(), fileId, clara.handle.token)).toBe(404)
    expect(await statusFor(house.api(), fileId)).toBe(404)
    const id = await keepFile(another.owner, samples.png, { purpose: 'logo', name: 'logo.png' })
    expect(await statusFor(business.owner, id)).toBe(404)
    expect(await statusFor(another.visitor(), id)).toBe(200)
  })

  test('nobody before it is released', async () => {
    const { fileId } = await addFile(
      samples.pdf,
      { name: 'later.pdf' },
      { releaseAt: '2027-03-10T08:00:00Z' },
    )
    const { token } = clara.handle
    expect(await statusFor(business.visitor(), fileId, token)).toBe(404)
    expect(await statusFor(business.owner, fileId)).toBe(200)
    now = new Date('2027-03-10T08:00:00Z')
    expect(await statusFor(business.visitor(), fileId, token)).toBe(200)
  })

  test('a recording only for as many days as the session says; then a sentence', async () => {
    const { fileId } = await addFile(
      samples.mp4,
      { name: 'film.mp4', purpose: 'recording' },
      { phase: 'recording' },
    )
    const link = {
      sessionId: session.sessionId,
      phase: 'recording',
      title: 'Film',
      url: 'https://films.example/1',
    }
    const { id } = expectData(await business.owner.mutate('materials.add', link))
    const { token } = clara.handle
    const visitor = business.visitor()
    expect(await statusFor(visitor, fileId, token)).toBe(404)
    expect(await statusFor(visitor, id, token)).toBe(404)

    now = new Date('2027-03-20T11:00:00Z')
    expect(await statusFor(visitor, fileId, token)).toBe(200)
    const led = await visitor.send('GET', `/files/${id}?token=${token}`)
    expect([led.status, led.headers.location]).toEqual([302, 'https://films.example/1'])

    // Ten days on the wall clock of Berlin, where the clocks change in between.
    now = new Date('2027-03-30T09:59:59Z')
    expect(await statusFor(visitor, fileId, token)).toBe(200)
    now = new Date('2027-03-30T10:00:00Z')
    const { status, body } = await visitor.send('GET', `/files/${fileId}?token=${token}`)
    expect([status, body]).toEqual([
      410,
      'The recording of “Meeting of many” could be had until 30 March 2027. If you still need it, please ask who led it.\n',
    ])
    expect(await statusFor(visitor, id, token)).toBe(410)
    expect(await statusFor(visitor, fileId)).toBe(404)
    expect(await statusFor(business.owner, fileId)).toBe(200)
  })

  test('nobody once it was removed', async () => {
    const { fileId, id } = await addFile(samples.pdf, { name: 'notes.pdf' })
    expectData(await business.owner.mutate('materials.remove', { id }))
    expect(await statusFor(business.owner, fileId)).toBe(404)
  })

  test.each(['0'.repeat(36), '-'.repeat(36), '%00', '..%2f..%2fetc%2fpasswd', 'x'])(
    'nobody by an odd address such as %s',
    async odd => {
      expect(await statusFor(business.owner, odd)).toBe(404)
    },
  )
})
