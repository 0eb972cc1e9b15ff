import { z } from 'zod'
import type { Actor, Command } from '#server/domain/command.ts'
import { findReadable, type ReadableFile } from '#server/domain/files/find-readable.ts'
import { FILE_PURPOSES, type FilePurpose } from '#server/domain/files/purposes.ts'
import { requireUploader } from '#server/domain/files/require-uploader.ts'
import { notFound, Refusal } from '#server/domain/refusal.ts'
import { type BookingHandle, findHandled } from './booking-handle.ts'
import { actorOf, command, query, type TenantRequest } from './context.ts'

/** What a browser says of a file it sends. */
export interface UploadHeaders {
  purpose: string
  /** Its name, percent-encoded as UTF-8. */
  name: string
  /** By which booking, as its id or its manage token; empty for staff. */
  booking: string
}

export interface AllowedUpload {
  purpose: FilePurpose
  name: string
  addedBy: string
  command: <T>(work: (command: Command) => Promise<T>) => Promise<T>
}

/**
 * Lets staff send a file, and participants to a session that shares resources: see `requireUploader`. Counts the
 * attempt first. Refuses with `PURPOSE` and `FILE_NAME` what no page of ours says.
 */
export async function allowUpload(
  ctx: TenantRequest,
  { purpose, name, booking }: UploadHeaders,
): Promise<AllowedUpload> {
  const client = ctx.viewer?.personId ?? booking
  const limit = booking ? 'share' : 'upload'
  await ctx.house.limits.consume(limit, ctx.tenant.id, { address: ctx.address, ...(client && { client }) })
  const wanted = FILE_PURPOSES.find(each => each === purpose)
  if (!wanted) {
    throw new Refusal('input', 'PURPOSE', `X-Purpose must be one of ${FILE_PURPOSES.join(', ')}.`)
  }
  const { id, actor } = await findUploader(ctx, booking)
  const addedBy = await query(ctx, asked => requireUploader(asked, { purpose: wanted, bookingId: id }), actor)
  return {
    purpose: wanted,
    name: readName(name),
    addedBy,
    command: work => command(ctx, work, { actor }),
  }
}

async function findUploader(
  ctx: TenantRequest,
  booking: string,
): Promise<{ id: string | null; actor: Actor }> {
  return booking === '' ? { id: null, actor: actorOf(ctx.viewer) } : findHandled(ctx, handleIn(booking))
}

function handleIn(booking: string): BookingHandle {
  const { success } = z.uuid().safeParse(booking)
  return success ? { id: booking.toLowerCase() } : { token: booking.slice(0, 100) }
}

function readName(encoded: string): string {
  try {
    const name = decodeURIComponent(encoded)
    if (name.trim() !== '' && name.length <= 1000) return name
  } catch {
    // Not percent-encoded UTF-8: answered like a name that is missing.
  }
  throw new Refusal('input', 'FILE_NAME', 'X-File-Name must be the file’s name, percent-encoded as UTF-8.')
}

export type Found = { file: ReadableFile } | { url: string } | { gone: string }

/** What is at a file's address for this caller, who may come by the manage token of a booking: see `findReadable`. */
export async function findFile(ctx: TenantRequest, id: string, token: string | null): Promise<Found> {
  if (!z.uuid().safeParse(id).success) throw notFound('file')
  const handled = token === null ? null : await findHandled(ctx, { token: token.slice(0, 100) })
  const found = await query(
    ctx,
    asked => findReadable(asked, id, handled?.id ?? null),
    handled?.actor ?? actorOf(ctx.viewer),
  )
  if (!('endedAt' in found)) return found
  const { endedAt, timeZone, title } = found
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone }).format(endedAt)
  return {
    gone: `The recording of “${title}” could be had until ${day}. If you still need it, please ask who led it.`,
  }
}
