import { uuidv7 } from 'uuidv7'
import type { Command } from '#server/domain/command.ts'
import { addFile, expectFile } from '#server/domain/files/add-file.ts'
import type { FilePurpose } from '#server/domain/files/purposes.ts'
import { Refusal } from '#server/domain/refusal.ts'
import type { House } from '#server/house.ts'
import { checkContent } from './check-content.ts'
import { cleanName, endingOf } from './file-name.ts'

export interface Incoming {
  purpose: FilePurpose
  /** As the browser says. */
  name: string
  /** As the request announces; the protocol sees to it that no more come. */
  bytes: number
  content: AsyncIterable<Buffer>
  addedBy: string
}

interface Surroundings {
  house: Pick<House, 'storage' | 'env'>
  tenantId: string
  /** Runs a command for whoever sends the file. */
  command: <T>(work: (command: Command) => Promise<T>) => Promise<T>
}

/**
 * Takes in a file as it arrives and notes it. Refuses with `FILE_EMPTY`, `FILE_TOO_LARGE` and `FILE_TYPE`; whatever
 * fails, nothing of it stays, and should this process die, a job removes what it left.
 */
export async function receiveFile(
  { house, tenantId, command }: Surroundings,
  { purpose, name, bytes, content, addedBy }: Incoming,
): Promise<{ id: string; name: string; type: string; bytes: number }> {
  requireSize(bytes, largestFor(house, purpose))
  const checked = await checkContent(content, { purpose, ending: endingOf(name) })
  const id = uuidv7()
  await command(asked => expectFile(asked, id))
  await house.storage.put({ tenantId, id }, checked.content, bytes)

  const file = { id, name: cleanName(name, checked.type), type: checked.type.type, bytes }
  await command(asked => addFile(asked, { ...file, purpose, sha256: checked.sha256(), addedBy }))
  return file
}

function largestFor({ env }: Pick<House, 'env'>, purpose: FilePurpose): number {
  const largest = { logo: 512 * 1024, material: 25_000_000, recording: env.largestRecording }
  return largest[purpose]
}

function requireSize(bytes: number, largest: number): void {
  if (bytes === 0) throw new Refusal('input', 'FILE_EMPTY', 'This file is empty.')
  if (bytes <= largest) return
  const most = largest < 1_000_000 ? '512 kB' : `${Math.floor(largest / 1_000_000)} MB`
  throw new Refusal(
    'input',
    'FILE_TOO_LARGE',
    `This file is larger than ${most}. Please choose a smaller one.`,
    {
      data: { largest },
    },
  )
}
