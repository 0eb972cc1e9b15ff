import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type FileKey, placeOf, type Storage } from './storage.ts'

/** Files on the local disk, as `<folder>/<tenant>/<id>`. Every process that serves them must see this folder. */
export function diskStorage(folder: string): Storage {
  const pathOf = (key: FileKey) => join(folder, placeOf(key))

  return {
    async put(key, content, bytes) {
      const path = pathOf(key)
      const part = `${path}.part`
      await mkdir(dirname(path), { recursive: true })
      try {
        await writeWhole(part, content, bytes)
        await rename(part, path)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      await flush(dirname(path))
    },

    async get(key, range) {
      const file = await openIfThere(pathOf(key))
      return file ? file.createReadStream(range) : null
    },

    async remove(key) {
      const path = pathOf(key)
      // What a process left that died while it wrote goes as well.
      await Promise.all([rm(path, { force: true }), rm(`${path}.part`, { force: true })])
    },
  }
}

async function writeWhole(path: string, content: AsyncIterable<Uint8Array>, bytes: number): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      if (written > bytes) break
      await file.writeFile(chunk)
    }
    if (written !== bytes) throw new Error(`a file of ${bytes} bytes came with ${written}`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** So that the new name, too, outlives a power cut. */
async function flush(folder: string): Promise<void> {
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
