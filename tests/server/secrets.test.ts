import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecrets } from '#server/secrets.ts'

const NOW = 'the-present-key-0123456789abcdef0123'
const BEFORE = 'the-former-key-0123456789abcdef01234'
const secrets = createSecrets(NOW)

test('what was sealed is opened by what it belongs to, and by nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, belongsTo, other) => {
      fc.pre(belongsTo !== other && text.isWellFormed())
      const sealed = secrets.seal(belongsTo, text)
      expect(secrets.open(belongsTo, sealed)).toBe(text)
      expect(() => secrets.open(other, sealed)).toThrow()
    }),
  )
})

test('the same text is sealed differently each time', () => {
  expect(secrets.seal('a', 'text')).not.toBe(secrets.seal('a', 'text'))
})

test('a sealed text that was changed anywhere is not opened', () => {
  const sealed = secrets.seal('tenant', 'a secret of some length')
  for (let at = 0; at < sealed.length; at++) {
    for (const other of ['A', 'B', '.']) {
      if (sealed[at] === other) continue
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1)
      // The last letter of Base64 may have bits that mean nothing.
      const means = (text: string) => Buffer.from(text.split('.')[2] ?? '', 'base64url').toString('hex')
      if (changed.split('.', 2).join() === sealed.split('.', 2).join() && means(changed) === means(sealed))
        continue
      expect(() => secrets.open('tenant', changed)).toThrow()
    }
  }
  for (const cut of ['', 's1', 's1..', sealed.slice(0, -8), sealed.slice(0, 20)])
    expect(() => secrets.open('tenant', cut)).toThrow()
})

test('after a rotation the former key still opens and verifies, and seals nothing more', () => {
  const former = createSecrets(BEFORE)
  const rotated = createSecrets(NOW, [BEFORE])
  const old = former.seal('tenant', 'kept')
  expect(rotated.open('tenant', old)).toBe('kept')
  expect([rotated.isCurrent(old), former.isCurrent(old)]).toEqual([false, true])
  const fresh = rotated.seal('tenant', 'kept')
  expect(rotated.isCurrent(fresh)).toBe(true)
  expect(secrets.open('tenant', fresh)).toBe('kept')
  expect(() => former.open('tenant', fresh)).toThrow()
  expect(() => secrets.open('tenant', old)).toThrow('a key that is not known any more')

  const code = former.sign('links', Buffer.from('booking'))
  expect([rotated, secrets].map(each => each.verify('links', Buffer.from('booking'), code))).toEqual([
    true,
    false,
  ])
})
