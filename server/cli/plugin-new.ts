import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.ts'
import { makePlugin, templates } from './make-plugin.ts'
import { run } from './run.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run plugin:new -- my-crm listener`: a plugin with a test that passes, ready to be made one's own. */
await run(async stopping => {
  const [id, kind, ...more] = process.argv.slice(2)
  if (!id || !kind || more.length > 0) {
    throw new Failure(`Use: npm run plugin:new -- my-plugin ${Object.keys(templates).join('|')}`)
  }
  const files = await makePlugin({ plugins: join(root, 'plugins'), id, kind })
  console.log(`Made:\n${files.map(file => `  ${relative(root, file)}`).join('\n')}`)
  console.log(`\nTry it: npx vitest run plugins/${id}\nThen see the checklist in plugins/sdk/README.md.`)
  await stopping.end(0)
})
