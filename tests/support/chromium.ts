import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from '@playwright/test'
import { inflate } from '@sparticuz/chromium'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const fontFolders = [
  join(modules, 'dejavu-fonts-ttf', 'ttf'),
  join(modules, '@expo-google-fonts', 'noto-emoji', '400Regular'),
]

/**
 * How to launch Chromium, the one place that chooses it: on Linux x64 the one in the npm package, with its
 * libraries and fonts, so that a bare machine needs nothing more; elsewhere the one Playwright installs.
 */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return {}
  const folder = await unpackedChromium()
  return {
    executablePath: join(folder, 'chromium'),
    chromiumSandbox: false,
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

/** Unpacks the package's four archives (3 s, 210 MB) once per version, beside other processes that do the same. */
async function unpackedChromium(): Promise<string> {
  const home = join(modules, '@sparticuz', 'chromium')
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = join(modules, '.cache', `chromium-${version}`)
  if (existsSync(folder)) return folder

  await mkdir(dirname(folder), { recursive: true })
  const unpacking = await mkdtemp(`${folder}.new-`)
  try {
    await inflateInto(unpacking, join(home, 'bin'))
    await writeFile(join(unpacking, 'fonts.conf'), fontsConf(folder))
    await rename(unpacking, folder).catch(error => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(unpacking, { recursive: true, force: true })
  }
  return folder
}

/** The package inflates into the temporary folder, wherever TMPDIR says that is. */
async function inflateInto(folder: string, archives: string): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const names = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']
    await Promise.all(names.map(name => inflate(join(archives, name))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function fontsConf(folder: string): string {
  const folders = [join(folder, 'fonts'), ...fontFolders].map(path => `  <dir>${path}</dir>`)
  const families = [
    ['sans-serif', 'Open Sans'],
    ['system-ui', 'Open Sans'],
    ['serif', 'DejaVu Serif'],
    ['monospace', 'DejaVu Sans Mono'],
    ['emoji', 'Noto Emoji'],
  ].map(
    ([alias, family]) =>
      `  <alias><family>${alias}</family><prefer><family>${family}</family></prefer></alias>`,
  )
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.join('\n')}
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
${families.join('\n')}
</fontconfig>
`
}
