import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Refused } from '../errors.ts'
import type { Plugin } from '../plugin.ts'
import { testContext } from './context.ts'
import { failure } from './moods.ts'

/** What every plugin must do, whatever it provides. Call it in the plugin's own test, beside the suite of what it provides. */
export function pluginContract(plugin: Plugin): void {
  describe('as every plugin', () => {
    test('it says what it is', () => {
      expect(plugin.id).toMatch(/^[a-z][a-z0-9-]{0,63}$/)
      expect(plugin.sdk).toBe(1)
      expect(plugin.version).toMatch(/^\d+\.\d+\.\d+/)
      expect(plugin.name.trim()).not.toBe('')
      expect(plugin.description, 'one or two sentences').toMatch(/\.$/)
    })

    test('its settings are flat, and each describes itself', () => {
      for (const [part, schema] of Object.entries({ config: plugin.config, secrets: plugin.secrets })) {
        for (const [name, field] of Object.entries(fieldsOf(schema))) {
          expect(field.description, `${part}.${name} has no describe()`).toBeTruthy()
          const types = part === 'secrets' ? ['string'] : ['string', 'number', 'integer', 'boolean']
          expect(types, `${part}.${name} is of a type no form can be drawn from`).toContain(field.type)
        }
      }
    })

    test('no secret is a plain setting', () => {
      const telling = /secret|password|token|api_?key/i
      expect(Object.keys(fieldsOf(plugin.config)).filter(name => telling.test(name))).toEqual([])
    })

    test('where it has secrets, it can tell whether they work', () => {
      if (Object.keys(fieldsOf(plugin.secrets)).length > 0) expect(plugin.health).toBeTypeOf('function')
    })

    test('an environment that says nothing of it doesn’t break the start', () => {
      expect(() => plugin.operator?.({})).not.toThrow()
    })

    const { webhook } = plugin
    if (!webhook) return
    test('a webhook that isn’t signed is refused', async () => {
      const request = { method: 'POST', headers: {}, body: Buffer.from('{}') }
      const answer = (async () => webhook(request, testContext()))()
      expect(await failure(answer)).toBeInstanceOf(Refused)
    })
  })
}

interface DescribedField {
  type?: string
  description?: string
}

function fieldsOf(schema: z.ZodObject | undefined): Record<string, DescribedField> {
  if (!schema) return {}
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return (properties ?? {}) as Record<string, DescribedField>
}
