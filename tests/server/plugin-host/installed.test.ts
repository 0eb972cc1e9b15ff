import { pluginContract } from '@rapport/sdk/testing'
import { describe } from 'vitest'
import { installed } from '#plugins/installed.ts'

for (const plugin of installed) describe(plugin.id, () => pluginContract(plugin))
