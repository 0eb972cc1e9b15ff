import { toString as qrCode } from 'qrcode'
import { z } from 'zod'
import { checkInToken } from '#server/domain/booking/manage-token.ts'
import { listParticipants } from '#server/domain/participation/list-participants.ts'
import { readFeedback } from '#server/domain/participation/read-feedback.ts'
import { showMe } from '#server/domain/participation/show-me.ts'
import { type Room, type RoomSeat, showRoom } from '#server/domain/participation/show-room.ts'
import { mayChat } from '#server/domain/posts/may-post.ts'
import { memberProcedure, publicProcedure } from './base.ts'
import { bookingHandle, findHandled } from './booking-handle.ts'
import { command, query, type TenantRequest } from './context.ts'
import { id, text } from './inputs.ts'
import { plain } from './plain.ts'

const seeing = memberProcedure('bookings.seeOwn')

/** What those who take part in a session may ask, and its staff about them: part of the router `sessions`. */
export const participation = {
  /**
   * What a participant sees of a session: `handle` names the booking. 404 for who isn't its client, 403
   * `NOT_TAKING_PART` where the booking isn't confirmed.
   */
  room: publicProcedure.input(z.object({ handle: bookingHandle })).query(async ({ ctx, input }) => {
    const { id, actor } = await findHandled(ctx, input.handle)
    return presentRoom(ctx, await query(ctx, asked => showRoom(asked, id), actor))
  }),

  /** A participant's name as the others see it, or null to be seen by none (292, C45). */
  showMe: publicProcedure
    .input(z.object({ handle: bookingHandle, shownAs: text(120, 1).nullable() }))
    .mutation(async ({ ctx, input }) => {
      const { id, actor } = await findHandled(ctx, input.handle)
      await command(ctx, asked => showMe(asked, { bookingId: id, shownAs: input.shownAs }), { actor })
      return { shownAs: input.shownAs }
    }),

  /** Who booked a session, with check-ins and certificates. */
  participants: seeing
    .input(z.object({ id }))
    .query(({ ctx, input }) => query(ctx, asked => listParticipants(asked, input.id))),

  /** What participants said of a session: count, average, distribution and comments. */
  feedback: seeing
    .input(z.object({ id }))
    .query(async ({ ctx, input }) => plain(await query(ctx, asked => readFeedback(asked, input.id)))),
}

async function presentRoom(ctx: TenantRequest, { participant, participants, posts, seats }: Room) {
  const { session } = participant
  const { terms, ...facts } = session
  return {
    session: plain({
      ...facts,
      chat: terms.chat,
      participantList: terms.participantList,
      sharedResources: terms.sharedResources,
      givesCertificates: terms.certificate !== null,
    }),
    posts: plain(posts.posts),
    nextBefore: posts.nextBefore,
    participants,
    me: { bookingId: participant.bookingId, shownAs: participant.shownAs, seats: participant.seats },
    seats: await Promise.all(seats.map(seat => presentSeat(ctx, participant.bookingId, seat))),
    canPost: mayChat(session),
  }
}

/** A seat with the QR code that staff scan to check it in: an image's address that a page shows as it is. */
async function presentSeat(
  { house, tenant }: TenantRequest,
  bookingId: string,
  { certificate, ...seat }: RoomSeat,
) {
  const token = checkInToken(house.secrets, tenant.id, { bookingId, seat: seat.seat })
  const url = house.urls.tenant(tenant.host, `/admin/check-in/${token}`)
  const svg = await qrCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  return {
    ...seat,
    checkInUrl: url,
    checkInQr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    certificate: certificate && {
      code: certificate.code,
      issuedAt: certificate.issuedAt.toISOString(),
      isRevoked: certificate.revokedAt !== null,
      url: `/certificates/${certificate.code}`,
      pdfUrl: `/certificates/${certificate.code}.pdf`,
    },
  }
}
