import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession } from '#tests/support/sessions.ts'
import { takePart } from '#tests/support/taking-part.ts'
import { type S3Server, startS3Server } from '#tests/support/third-parties/s3-server.ts'
import { filesOnDisk, keepFile, samples, sendFile } from '#tests/support/uploads.ts'

let s3: S3Server
beforeAll(async () => {
  s3 = await startS3Server()
})
afterAll(() => s3.stop())

const kinds: Record<
  string,
  { env: () => Record<string, string>; kept: (house: TestHouse) => Promise<string[]> }
> = {
  'the local disk': { env: () => ({}), kept: filesOnDisk },
  'a bucket': {
    env: () => ({
      S3_URL: s3.url,
      S3_BUCKET: s3.bucket,
      S3_REGION: s3.region,
      S3_KEY_ID: s3.keyId,
      S3_SECRET: s3.secret,
    }),
    kept: async () => [...s3.objects.keys()].map(path => path.split('/').at(-1)!),
  },
}

describe.each(Object.keys(kinds))('a file sent to be kept on %s', kind => {
  let house: TestHouse
  let business: Business
  let kept: () => Promise<string[]>
  beforeAll(async () => {
    house = await createHouse({ env: { LARGEST_RECORDING_MB: '30', ...kinds[kind]!.env() } })
    business = await signUpBusiness(house)
    kept = () => kinds[kind]!.kept(house)
  })
  afterAll(() => house.stop())

  /** Says what came back and that nothing stayed. */
  async function refusalOf(...sent: Parameters<typeof sendFile>) {
    const before = await kept()
    const { status, body } = await sendFile(...sent)
    expect(await kept()).toEqual(before)
    expect(await countRows()).toBe(before.length)
    return [status, body.error?.data.code]
  }

  const countRows = () =>
    inTenant(house.house.db, business.tenantId, async trx => {
      const rows = await trx.selectFrom('files').select('id').where('removed_at', 'is', null).execute()
      return rows.length
    })

  test.each([
    ['png', 'picture.png', 'image/png', 'picture.png'],
    ['pdf', 'notes.PDF', 'application/pdf', 'notes.pdf'],
    ['mp4', 'film.mp4', 'video/mp4', 'film.mp4'],
    ['mp3', 'talk.mp3', 'audio/mpeg', 'talk.mp3'],
    ['zip', 'all.zip', 'application/zip', 'all.zip'],
    ['text', 'read me.txt', 'text/plain', 'read me.txt'],
    ['text', 'read me.md', 'text/markdown', 'read me.md'],
  ] as const)('a %s is known by its content: %s', async (sample, name, type, keptName) => {
    const content = samples[sample]
    const { status, body } = await sendFile(business.owner, content, { name })
    expect(status).toBe(201)
    expect(body).toEqual({ id: body.id, name: keptName, type, bytes: content.length })
    expect(await kept()).toContain(body.id)
  })

  test.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'page.html', 415],
    ['a page that calls itself text', Buffer.from('\n <HTML><script>alert(1)</script>'), 'page.txt', 415],
    [
      'an image that may run',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'),
      'i.svg',
      415,
    ],
    ['the same with a declaration', Buffer.from('<?xml version="1.0"?><svg/>'), 'i.png', 415],
    ['a program', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(500)]), 'notes.pdf', 415],
    ['a shell script as text', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'run.sh', 415],
    ['text in Latin-1', Buffer.from('Übung für Clara', 'latin1'), 'notes.txt', 415],
    ['text in UTF-16', Buffer.from('\uFEFFnotes', 'utf16le'), 'notes.txt', 415],
    ['text with NUL', Buffer.from('notes\0more'), 'notes.txt', 415],
    ['text cut within a character', Buffer.from('water — pen').subarray(0, 7), 'notes.txt', 415],
    [
      'text that goes wrong at its very end',
      Buffer.concat([Buffer.alloc(300_000, 'a'), Buffer.from([0xff])]),
      'n.txt',
      415,
    ],
    ['nothing', Buffer.alloc(0), 'notes.pdf', 400],
    ['what nobody knows', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), 'data.bin', 415],
  ])('refuses %s, and keeps nothing of it', async (_, content, name, status) => {
    const code = status === 400 ? 'FILE_EMPTY' : 'FILE_TYPE'
    expect(await refusalOf(business.owner, content, { name })).toEqual([status, code])
  })

  test('a polyglot goes by the name of what it is, and only that', async () => {
    const both = Buffer.concat([samples.pdf, Buffer.from('<script>alert(1)</script>'), samples.zip])
    expect((await sendFile(business.owner, both, { name: 'invoice.html' })).body).toMatchObject({
      name: 'invoice.html.pdf',
      type: 'application/pdf',
    })
    expect((await sendFile(business.owner, samples.zip, { name: 'setup.jar' })).body).toMatchObject({
      name: 'setup.jar.zip',
      type: 'application/zip',
    })
    expect((await sendFile(business.owner, samples.zip, { name: 'letter.docx' })).body).toMatchObject({
      name: 'letter.docx',
    })
  })

  test.each([
    ['../../../etc/passwd', 'passwd.pdf'],
    ['C:\\fakepath\\..\\x.pdf', 'x.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['a\0b\r\nSet-Cookie: x=1.pdf', 'abSet-Cookie x=1.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe.pdf'],
    ['“Übung” – 第一.pdf', '“Übung” – 第一.pdf'],
    ['<img src=x onerror=alert(1)>.pdf', 'img src=x onerror=alert(1).pdf'],
    ['   ...   ', 'file.pdf'],
    [`${'x'.repeat(900)}.pdf`, `${'x'.repeat(150)}.pdf`],
  ])('is never kept under a name such as %j', async (name, clean) => {
    const { status, body } = await sendFile(business.owner, samples.pdf, { name })
    expect([status, body.name]).toEqual([name.trim() === '' ? 400 : 201, clean])
  })

  test('is refused by what it is for: size and type', async () => {
    const { owner } = business
    const larger = (content: Buffer, bytes: number) => Buffer.concat([content], bytes)
    const logo = { purpose: 'logo', name: 'logo.png' }
    expect(await refusalOf(owner, samples.pdf, logo)).toEqual([415, 'FILE_TYPE'])
    expect(await refusalOf(owner, larger(samples.png, 524_289), logo)).toEqual([413, 'FILE_TOO_LARGE'])
    expect((await sendFile(owner, larger(samples.png, 524_288), logo)).status).toBe(201)
    expect(await refusalOf(owner, larger(samples.mp4, 25_000_001))).toEqual([413, 'FILE_TOO_LARGE'])
    const recording = { purpose: 'recording', name: 'film.mp4' }
    expect(await refusalOf(owner, samples.pdf, recording)).toEqual([415, 'FILE_TYPE'])
    expect((await sendFile(owner, larger(samples.mp4, 25_000_001), recording)).status).toBe(201)
    expect(await refusalOf(owner, larger(samples.mp4, 30_000_001), recording)).toEqual([
      413,
      'FILE_TOO_LARGE',
    ])
    expect(await refusalOf(owner, samples.png, { purpose: 'weapon' })).toEqual([400, 'PURPOSE'])
    expect(await refusalOf(owner, samples.png, { headers: { 'x-file-name': '%zz' } })).toEqual([
      400,
      'FILE_NAME',
    ])
  })

  test('leaves nothing when its sender goes away, lies about its length or never says it', async () => {
    const before = await kept()
    const options = {
      port: house.port,
      method: 'POST',
      path: '/files',
      headers: {
        ...{ host: `${business.host}:${house.port}`, 'x-purpose': 'material', 'x-file-name': 'film.mp4' },
        cookie: [...business.owner.cookies].map(pair => pair.join('=')).join('; '),
      },
    }
    const leaving = request({ ...options, headers: { ...options.headers, 'content-length': '20000000' } })
    leaving.on('error', () => {})
    leaving.write(Buffer.concat([samples.mp4], 5_000_000))
    await sleep(300)
    leaving.destroy()
    const status = await new Promise(resolve => {
      const chunked = request({ ...options, headers: { ...options.headers, 'transfer-encoding': 'chunked' } })
      chunked.on('response', response => resolve(response.resume().statusCode))
      chunked.end(samples.mp4)
    })
    expect(status).toBe(411)
    await expect.poll(kept).toEqual(before)
    expect(await countRows()).toBe(before.length)
  })

  test('is removed when nothing has used it for a day', async () => {
    const id = await keepFile(business.owner, samples.pdf)
    const { file } = handlersOf(house.house)
    const attempt = { last: false, signal: new AbortController().signal }
    await file({ tenantId: business.tenantId, fileId: id }, attempt)
    await file({ tenantId: business.tenantId, fileId: id }, attempt)
    expect(await kept()).not.toContain(id)
    expect((await business.owner.send('GET', `/files/${id}`)).status).toBe(404)
  })
})

describe('who may send a file', () => {
  let house: TestHouse
  let business: Business
  beforeAll(async () => {
    house = await createHouse()
    business = await signUpBusiness(house)
  })
  afterAll(() => house.stop())

  const codeOf = async (...sent: Parameters<typeof sendFile>) => {
    const { status, body } = await sendFile(...sent)
    return body.error ? [status, body.error.data.code] : [status]
  }

  test('staff, and the logo only who may change the business', async () => {
    const coach = await signedIn(house, business, { role: 'coach' })
    const client = await signedIn(house, business)
    const logo = { purpose: 'logo', name: 'logo.png' }
    expect(await codeOf(coach.api, samples.pdf)).toEqual([201])
    expect(await codeOf(coach.api, samples.png, logo)).toEqual([403, 'ROLE'])
    expect(await codeOf(business.owner, samples.png, logo)).toEqual([201])
    expect(await codeOf(client.api, samples.pdf)).toEqual([403, 'STAFF_ONLY'])
    expect(await codeOf(business.visitor(), samples.pdf)).toEqual([401, 'SIGN_IN'])
    expect(await codeOf(house.api(), samples.pdf)).toEqual([404, 'NOT_FOUND'])
  })

  test('participants of a session that shares resources, with a confirmed booking', async () => {
    const visitor = business.visitor()
    const open = await makeSession(house, business, { terms: { sharedResources: true } })
    const { handle, bookingId } = await takePart(house, business, open)
    const by = { booking: handle.token }
    expect(await codeOf(visitor, samples.pdf, by)).toEqual([201])
    expect(await codeOf(visitor, samples.mp4, { ...by, purpose: 'recording', name: 'a.mp4' })).toEqual([
      403,
      'STAFF_ONLY',
    ])
    expect(await codeOf(visitor, samples.pdf, { booking: bookingId })).toEqual([404, 'NOT_FOUND'])
    expect(await codeOf(visitor, samples.pdf, { booking: 'not-a-token' })).toEqual([404, 'NOT_FOUND'])
    const cancelled = await takePart(house, business, open, { status: 'CANCELLED' })
    expect(await codeOf(visitor, samples.pdf, { booking: cancelled.handle.token })).toEqual([
      403,
      'NOT_TAKING_PART',
    ])
    const closed = await takePart(
      house,
      business,
      await makeSession(house, business, { dates: ['2027-04-01T10:00:00Z'] }),
    )
    expect(await codeOf(visitor, samples.pdf, { booking: closed.handle.token })).toEqual([409, 'NOT_SHARED'])
    const elsewhere = (await signUpBusiness(house)).visitor()
    expect(await codeOf(elsewhere, samples.pdf, by)).toEqual([404, 'NOT_FOUND'])
  })

  test('no other site', async () => {
    const headers = { origin: 'https://evil.example' }
    expect(await codeOf(business.owner, samples.pdf, { headers })).toEqual([403, 'CROSS_SITE'])
  })

  test('nobody too often', async () => {
    const strict = await createHouse({ env: { RATE_LIMITS: 'on' }, database: house })
    const session = await makeSession(house, business, {
      terms: { sharedResources: true },
      dates: ['2027-04-02T10:00:00Z'],
    })
    const { handle } = await takePart(house, business, session)
    const api = strict.api(business.host)
    const codes: number[] = []
    for (let sent = 0; sent < 21; sent++) {
      codes.push((await sendFile(api, samples.text, { name: 'a.txt', booking: handle.token })).status)
    }
    expect(codes).toEqual([...Array(20).fill(201), 429])
    await strict.stop()
  })
})
