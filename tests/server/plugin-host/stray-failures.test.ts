import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs a script in a process that outlives stray failures of plugins; `misbehave` is a plugin's. */
async function run(ours: string): Promise<{ code: number; said: string }> {
  const script = `
    import { connect } from 'node:net'
    import pino from 'pino'
    import { asPlugin, outliveStrayFailures } from './server/plugin-host/stray-failures.ts'
    outliveStrayFailures(pino({}, { write: line => console.log(line) }))
    asPlugin('stray', () => {
      setTimeout(() => { throw new Error('from a timer') }, 5)
      setTimeout(async () => { throw new Error('from an async timer') }, 10)
      Promise.reject(new Error('from a promise'))
      connect(1, '127.0.0.1')
      queueMicrotask(() => { throw new Error('from a microtask') })
    })
    setTimeout(() => { ${ours} }, 200)
    setTimeout(() => console.log('still alive'), 300)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
  let said = ''
  child.stdout.on('data', chunk => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  return { code, said }
}

test('a plugin that fails where nobody waits for it doesn’t end the process, and is named', async () => {
  const { code, said } = await run('')
  expect([code, said.trimEnd().endsWith('still alive')]).toEqual([0, true])
  for (const told of ['a timer', 'an async timer', 'a promise', 'a microtask'])
    expect(said).toContain(`"from ${told}"`)
  expect(said).toContain('ECONNREFUSED')
  expect(said.match(/"plugin":"stray"/g)).toHaveLength(5)
})

test('such a failure of our own does', async () => {
  const { code, said } = await run(`throw new Error('ours')`)
  expect([code, said.includes('still alive')]).toEqual([1, false])
})
