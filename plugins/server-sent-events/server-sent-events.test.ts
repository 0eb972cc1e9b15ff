import { realtimeContract, testContext } from '@rapport/sdk/testing'
import { expect, test } from 'vitest'
import serverSentEvents from './index.ts'

const open = () => serverSentEvents.provides!.realtime!(testContext({ tenantId: null }))

realtimeContract(() => ({ open }))

test('it is there without anything set up, and leaves carrying hints to the host', () => {
  expect(serverSentEvents.operator!({})).toEqual({ config: {}, secrets: {} })
  expect(open()).toEqual({ browser: { client: 'server-sent-events', settings: {}, origins: [] } })
})
