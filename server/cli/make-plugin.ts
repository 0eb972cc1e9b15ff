import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from './failure.ts'
import { email } from './plugin-templates/email.ts'
import { listener } from './plugin-templates/listener.ts'
import { sessionKind } from './plugin-templates/session-kind.ts'
import type { MakeTemplate } from './plugin-templates/template.ts'
import { video } from './plugin-templates/video.ts'

/** What a new plugin may provide. */
export const templates: Record<string, MakeTemplate> = { listener, video, email, 'session-kind': sessionKind }

interface NewPlugin {
  /** The folder `plugins` with its `installed.ts`. */
  plugins: string
  id: string
  kind: string
}

/**
 * Makes the folder of a new plugin with a test that passes, and adds it to the list of installed ones. Returns the
 * files made. Throws a `Failure` for an id or kind that can't be.
 */
export async function makePlugin({ plugins, id, kind }: NewPlugin): Promise<string[]> {
  const template = Object.hasOwn(templates, kind) ? templates[kind]! : null
  if (!template)
    throw new Failure(`A plugin can be made for: ${Object.keys(templates).join(', ')}, not ${kind}.`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40 || id === 'sdk')
    throw new Failure('An id is of lower-case letters, digits and hyphens, such as my-crm.')
  const folder = join(plugins, id)
  if (await exists(folder)) throw new Failure(`There is a plugin ${id} already.`)

  const variable = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const words = id.replaceAll('-', ' ')
  const { index, test } = template({ id, variable, name: words.charAt(0).toUpperCase() + words.slice(1) })
  const files: [string, string][] = [
    [join(folder, 'index.ts'), index],
    [join(folder, `${id}.test.ts`), test],
  ]
  await mkdir(folder)
  for (const [file, text] of files) await writeFile(file, text)

  const list = join(plugins, 'installed.ts')
  await writeFile(list, addLine(await readFile(list, 'utf8'), { id, variable }))
  return [...files.map(([file]) => file), list]
}

/** The list with one more import, in its place in the alphabet, and one more plugin at the end. */
function addLine(list: string, { id, variable }: { id: string; variable: string }): string {
  const line = `import ${variable} from './${id}/index.ts'`
  const imports = [...list.matchAll(/^import \w+ from '(\.\/[\w-]+\/index\.ts)'$/gm)]
  const before = imports.findLast(([, path]) => path! < `./${id}/index.ts`)
  const at = before ? before.index + before[0].length + 1 : (imports[0]?.index ?? 0)
  const withImport = `${list.slice(0, at)}${line}\n${list.slice(at)}`
  return withImport.replace(/,?\s*\](?=\s*$)/, `,\n  ${variable},\n]`)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
