import { join } from 'node:path'
import type { Env } from '#server/env.ts'
import { diskStorage } from './disk.ts'
import { s3Storage } from './s3.ts'
import type { Storage } from './storage.ts'

/** The storage that the environment names: a bucket, or else the disk, under the data directory. */
export function createStorage({ bucket, dataDir }: Pick<Env, 'bucket' | 'dataDir'>): Storage {
  return bucket ? s3Storage(bucket) : diskStorage(join(dataDir, 'files'))
}
