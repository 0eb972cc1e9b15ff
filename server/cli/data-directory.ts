import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, Failure } from './failure.ts'

/** Makes the data directory where there is none; throws `Failure` with one line if it can't be written. */
export async function requireWritable(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir)
    const probe = await mkdtemp(join(dataDir, '.probe-'))
    await rm(probe, { recursive: true })
  } catch (error) {
    throw new Failure(
      `The data directory ${dataDir} can't be written (${codeOf(error)}): set DATA_DIR to a folder of yours.`,
    )
  }
}

/** Node's own recursive mkdir never ends where the system refuses a folder in one that is there, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (codeOf(error) !== 'ENOENT' || (await isThere(dirname(path)))) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
}

/** Whether there is a file or folder at `path`. */
export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** The operator's SECRET_KEY where none was given: a key in the data directory, made at the first start. */
export async function ownSecretKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret-key')
  await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' }).catch(error => {
    if (codeOf(error) !== 'EEXIST')
      throw new Failure(`The secret key ${file} can't be written (${codeOf(error)}).`)
  })
  return readFile(file, 'utf8').catch(error => {
    throw new Failure(`The secret key ${file} can't be read (${codeOf(error)}).`)
  })
}
