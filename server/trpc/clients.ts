import { z } from 'zod'
import { listClients, listTags } from '#server/domain/clients/list-clients.ts'
import { LONGEST_TAG, setTags } from '#server/domain/clients/set-tags.ts'
import { memberProcedure, router } from './base.ts'
import { command, query } from './context.ts'
import { id, text } from './inputs.ts'
import { plain } from './plain.ts'

const staff = memberProcedure('clients.seeOwn')

export const clients = router({
  /**
   * Clients by name, with their tags and how often they booked; `query` is part of a name, an address or a tag,
   * `clientId` names one. Coaches get their own.
   */
  list: staff
    .input(
      z
        .object({
          clientId: id.optional(),
          query: text(120).optional(),
          cursor: z.string().max(60).nullish(),
        })
        .default({}),
    )
    .query(async ({ ctx, input }) => plain(await query(ctx, asked => listClients(asked, input)))),

  /** The tags in use, each with how many clients have it. */
  tags: staff.query(async ({ ctx }) => ({ tags: await query(ctx, listTags) })),

  /** Gives a client these tags and no others: 404 for one whom the caller may not see. */
  setTags: memberProcedure('clients.editOwn')
    .input(z.object({ clientId: id, tags: z.array(text(LONGEST_TAG, 1)).max(100) }))
    .mutation(({ ctx, input }) => command(ctx, asked => setTags(asked, input))),
})
