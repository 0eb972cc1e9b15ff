import { definePlugin } from '@rapport/sdk'

/** The host's own stream of events carries live hints; there is nothing to set up. */
export default definePlugin({
  id: 'server-sent-events',
  name: 'Live pages by Rapport itself',
  description: 'Open pages hear of changes from Rapport directly; no other service takes part.',
  version: '1.0.0',
  sdk: 1,
  operator: () => ({ config: {}, secrets: {} }),
  provides: {
    realtime: () => ({ browser: { client: 'server-sent-events', settings: {}, origins: [] } }),
  },
})
