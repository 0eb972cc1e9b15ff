import { z } from 'zod'
import { listCoaches } from '#server/domain/coaches/list-coaches.ts'
import { previewSettings, readSettings, saveSettings } from '#server/domain/coaches/settings.ts'
import { coachSettingsSchema } from '#server/domain/rules/settings.ts'
import { memberProcedure, router } from './base.ts'
import { command, query } from './context.ts'
import { id } from './inputs.ts'

export const coaches = router({
  list: memberProcedure('bookings.seeOwn').query(({ ctx }) => query(ctx, listCoaches)),

  settings: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id }))
    .query(({ ctx, input }) => query(ctx, asked => readSettings(asked, input))),

  previewSettings: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id, settings: coachSettingsSchema }))
    .query(({ ctx, input }) => query(ctx, asked => previewSettings(asked, input))),

  saveSettings: memberProcedure('coaches.editOwn')
    .input(z.object({ coachId: id, settings: coachSettingsSchema }))
    .mutation(({ ctx, input }) => command(ctx, asked => saveSettings(asked, input))),
})
