import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin, type Rollup } from 'vite'
import remixConfig from './remix.config.js'

const brotli = promisify(brotliCompress)

/**
 * React Aria ships its few words in 34 languages, about 30 kB of the booking page. The pages are in English,
 * so only that one goes to the browser; dates and numbers come from Intl and don't depend on it.
 */
function onlyEnglishAriaStrings(): Plugin {
  return {
    name: 'only-english-aria-strings',
    transform(code, id) {
      if (!/\/intlStrings\.mjs$/.test(id)) return null
      const english = code.match(/from\s*"([^"]+\/en-US\.mjs)"/)?.[1]
      if (!english) this.error(`${id} names no English strings`)
      return { code: `import strings from '${english}'\nexport default { 'en-US': strings }\n`, map: null }
    },
  }
}

/** Compresses scripts and styles once, better than a server has time for in a request. */
function compressedAssets(): Plugin {
  return {
    name: 'compressed-assets',
    apply: (_, { isSsrBuild }) => !isSsrBuild,
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter(name => /\.(js|css)$/.test(name))
      for (const name of names) {
        await writeFile(join(dir, `${name}.br`), await brotli(await readFile(join(dir, name))))
      }
    },
  }
}

/**
 * Puts what every page loads into one file, and what the booking page loads besides into another. Otherwise each page
 * that is added splits them finer, and dozens of small files weigh more than a few: they are compressed one by one.
 */
function fewFilesFirst(): Plugin {
  let chunks: Map<string, string> | null = null
  const chunkOf: Rollup.GetManualChunk = (id, graph) => {
    chunks ??= firstChunks(graph)
    return chunks.get(id)
  }
  return {
    name: 'few-files-first',
    config: (_, { isSsrBuild }) =>
      isSsrBuild ? {} : { build: { rollupOptions: { output: { manualChunks: chunkOf } } } },
  }
}

function firstChunks({ getModuleInfo, getModuleIds }: Rollup.ManualChunkMeta): Map<string, string> {
  const chunks = new Map<string, string>()
  const add = (chunk: string, id: string) => {
    const info = getModuleInfo(id)
    if (!info || chunks.has(id) || /\.css/.test(id)) return
    if (!info.isEntry) chunks.set(id, chunk)
    for (const imported of info.importedIds) add(chunk, imported)
  }
  const addPage = (chunk: string, page: RegExp) => {
    for (const id of getModuleIds()) if (page.test(id)) add(chunk, id)
  }
  addPage('page', /\/app\/(entry\.client|root|routes\/public)\.tsx/)
  addPage('booking', /\/app\/routes\/offer\/route\.tsx/)
  return chunks
}

export default defineConfig({
  plugins: [onlyEnglishAriaStrings(), tailwindcss(), remix(remixConfig), fewFilesFirst(), compressedAssets()],
  // Found when the development server starts, rather than one after another as pages are opened.
  optimizeDeps: { entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/routes/**/*.tsx'] },
  build: { assetsInlineLimit: 0, cssMinify: true, target: 'es2022' },
})
