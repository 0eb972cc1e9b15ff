import { z } from 'zod'
import { answerConnection } from '#server/domain/connections/answer-connection.ts'
import { inviteClient } from '#server/domain/connections/invite-client.ts'
import { listConnections, listOwnConnections } from '#server/domain/connections/list-connections.ts'
import { requestConnection } from '#server/domain/connections/request-connection.ts'
import { memberProcedure, router, signedInProcedure } from './base.ts'
import { command, query } from './context.ts'
import { email, id, text } from './inputs.ts'
import { plain } from './plain.ts'

const staff = memberProcedure('connections.editOwn')

export const connections = router({
  /** A client who proved the address asks a coach for a connection. */
  request: signedInProcedure
    .input(z.object({ coachId: id }))
    .mutation(({ ctx, input }) => command(ctx, asked => requestConnection(asked, input))),

  /** The coaches to whom the caller has a tie; a block shows as a request that waits. */
  mine: signedInProcedure.query(async ({ ctx }) => ({
    connections: plain(await query(ctx, listOwnConnections)),
  })),

  /** The clients of one coach or of all, those who wait for an answer first. */
  list: staff.input(z.object({ coachId: id.optional() }).default({})).query(async ({ ctx, input }) => ({
    connections: plain(await query(ctx, asked => listConnections(asked, input))),
  })),

  /** Invites a client by mail; one who isn't known yet becomes so. */
  invite: staff
    .input(z.object({ coachId: id, email, name: text(120, 1) }))
    .mutation(({ ctx, input }) => command(ctx, asked => inviteClient(asked, input))),

  /** Accepts a client, or blocks one, who is not told. */
  answer: staff
    .input(z.object({ coachId: id, clientId: id, status: z.enum(['accepted', 'blocked']) }))
    .mutation(({ ctx, input }) => command(ctx, asked => answerConnection(asked, input))),
})
