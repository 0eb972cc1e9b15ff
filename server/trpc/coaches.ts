import { z } from 'zod'
import { invitation } from '#server/domain/booking/manage-token.ts'
import { listCoaches } from '#server/domain/coaches/list-coaches.ts'
import { previewSettings, readSettings, saveSettings } from '#server/domain/coaches/settings.ts'
import { coachSettingsSchema } from '#server/domain/rules/settings.ts'
import { memberProcedure, router } from './base.ts'
import { command, query } from './context.ts'
import { id } from './inputs.ts'

export const coaches = router({
  /** The coach's personal link: whoever has it may see and book times of a calendar that isn't public (015). */
  personalLink: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id }))
    .query(async ({ ctx, input }) => {
      await query(ctx, asked => readSettings(asked, input))
      const { house, tenant } = ctx
      const invite = invitation(house.secrets, tenant.id, input.coachId)
      return { url: house.urls.tenant(tenant.host, `/?invite=${invite}`), invite }
    }),

  /** The coaches whose calendars the caller may see. */
  list: memberProcedure('bookings.seeOwn').query(({ ctx }) => query(ctx, listCoaches)),

  /** A coach's settings with the sentences they make and what is odd about them (008–017). */
  settings: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id }))
    .query(({ ctx, input }) => query(ctx, asked => readSettings(asked, input))),

  /** The sentences and warnings that other settings would make, without saving them. */
  previewSettings: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id, settings: coachSettingsSchema }))
    .query(({ ctx, input }) => query(ctx, asked => previewSettings(asked, input))),

  /** Saves settings; slots change at once. The event keeps old and new values. */
  saveSettings: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id, settings: coachSettingsSchema }))
    .mutation(({ ctx, input }) => command(ctx, asked => saveSettings(asked, input))),
})
