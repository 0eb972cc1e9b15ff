import type { Readable } from 'node:stream'

/** A file's place: every tenant's files lie apart. Both are UUIDs. */
export interface FileKey {
  tenantId: string
  id: string
}

/** Bytes of a file, both ends included, counted from 0. */
export interface ByteRange {
  start: number
  end: number
}

/** Where the bytes of files lie. What a file is and who may have it, the tables `files` and `materials` say. */
export interface Storage {
  /**
   * Keeps exactly `bytes` bytes of `content`, in place of what was kept before under this key. Rejects, and leaves
   * nothing of them behind, when `content` fails or its length differs.
   */
  put(key: FileKey, content: AsyncIterable<Uint8Array>, bytes: number): Promise<void>
  /** The file or a range that lies within it, as it streams in; null where there is none. */
  get(key: FileKey, range?: ByteRange): Promise<Readable | null>
  /** Removes the file; does nothing where there is none. */
  remove(key: FileKey): Promise<void>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where every storage puts a file: `<tenant>/<id>`. Throws for all but UUIDs, so that no key leads elsewhere. */
export function placeOf({ tenantId, id }: FileKey): string {
  if (!UUID.test(tenantId) || !UUID.test(id)) throw new Error('a file is named by two UUIDs')
  return `${tenantId}/${id}`
}
