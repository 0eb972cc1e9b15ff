import { expect, test } from 'vitest'
import { z } from 'zod'
import { secretFields, settingFields } from '#server/plugin-host/setting-fields.ts'

test('a form is drawn from the schema: label, help, type, choices and default', () => {
  const config = z.object({
    account: z.string().min(1).describe('Account: the id on the page “Settings”'),
    region: z
      .enum(['eu', 'us_east'])
      .default('eu')
      .describe('Region')
      .meta({ labels: { eu: 'Europe' } }),
    perHour: z.number().int().optional().describe('Calls per hour'),
    sandbox: z.boolean().default(false).describe('Sandbox'),
  })
  expect(settingFields(config)).toEqual([
    {
      name: 'account',
      label: 'Account',
      help: 'The id on the page “Settings”',
      type: 'text',
      required: true,
      choices: [],
      default: null,
    },
    {
      name: 'region',
      label: 'Region',
      help: '',
      type: 'choice',
      required: false,
      choices: [
        { value: 'eu', label: 'Europe' },
        { value: 'us_east', label: 'Us east' },
      ],
      default: 'eu',
    },
    {
      name: 'perHour',
      label: 'Calls per hour',
      help: '',
      type: 'number',
      required: false,
      choices: [],
      default: null,
    },
    {
      name: 'sandbox',
      label: 'Sandbox',
      help: '',
      type: 'boolean',
      required: false,
      choices: [],
      default: false,
    },
  ])
})

test('a secret never shows a default', () => {
  const secrets = z.object({ apiKey: z.string().default('x').describe('API key') })
  expect(secretFields(secrets)).toMatchObject([
    { name: 'apiKey', type: 'secret', required: false, default: null },
  ])
})

test('a plugin without settings has none', () => {
  expect(settingFields(undefined)).toEqual([])
})
