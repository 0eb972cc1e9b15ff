import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{app,server,faults}/**/*.test.ts', 'plugins/**/*.test.ts'],
    globalSetup: ['tests/support/postgres-setup.ts'],
    pool: 'forks',
    maxWorkers: Math.min(4, availableParallelism()),
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
