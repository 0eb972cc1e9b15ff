import { z } from 'zod'
import { policyDocumentSchema } from '#server/domain/policies/document-schema.ts'
import { discardDraft, saveDraft } from '#server/domain/policies/drafts.ts'
import { effectiveValues } from '#server/domain/policies/effective-values.ts'
import { publishDraft, restoreVersion } from '#server/domain/policies/publish.ts'
import { readRule } from '#server/domain/policies/read-rule.ts'
import { listVersions } from '#server/domain/policies/read-versions.ts'
import { rebaseDraft } from '#server/domain/policies/rebase-draft.ts'
import { trySeats } from '#server/domain/policies/try-seats.ts'
import { trySlot } from '#server/domain/policies/try-slot.ts'
import { diffVersions, viewCurrent, viewDraft, viewVersion } from '#server/domain/policies/view-draft.ts'
import { readVocabulary } from '#server/domain/policies/vocabulary.ts'
import { ruleSchema } from '#server/domain/rules/policy-schema.ts'
import { memberProcedure, router } from './base.ts'
import { command, query, type TenantRequest } from './context.ts'
import { id, instant, seats, text, policyVersion as version } from './inputs.ts'
import { plain } from './plain.ts'
import { impact, simulate } from './policy-previews.ts'
import { readTerms, usualTerms } from './policy-terms.ts'

const staff = memberProcedure('policies.see')
const author = memberProcedure('policies.editOwn')

const note = text(500).default('')
const tried = z.object({
  useDraft: z.boolean().default(false),
  client: z
    .discriminatedUnion('as', [
      z.object({ as: z.literal('stranger') }),
      z.object({ as: z.literal('client'), clientId: id, signedIn: z.boolean().default(true) }),
    ])
    .default({ as: 'stranger' }),
})

/** Rules may be for kinds, whose names the plugins know. */
function withKinds<T extends object>({ house }: TenantRequest, asked: T) {
  return { ...asked, kind: house.kind, kinds: house.kinds }
}

export const policies = router({
  /** The rules that hold now, each read out, with what is odd about it. */
  current: staff.query(async ({ ctx }) =>
    plain(await query(ctx, asked => viewCurrent(withKinds(ctx, asked)))),
  ),

  /** All that an editor of rules needs to know: facts, values, what may be waived, what rules may be for, templates. */
  vocabulary: staff.query(async ({ ctx }) =>
    plain(await query(ctx, asked => readVocabulary(withKinds(ctx, asked)))),
  ),

  /** What the caller is working on, compared with what holds; `draft` is null for nothing. */
  draft: staff.query(async ({ ctx }) => ({
    draft: plain(await query(ctx, asked => viewDraft(withKinds(ctx, asked)))),
  })),

  /** Keeps what the caller is working on, in place of what was kept before. Nothing counts until it is published. */
  saveDraft: author
    .input(z.object({ basedOn: version, document: policyDocumentSchema }))
    .mutation(async ({ ctx, input: { basedOn, document } }) => {
      const draft = await command(ctx, async asked => {
        await saveDraft(asked, { basedOn, ...document })
        return viewDraft(withKinds(ctx, asked))
      })
      return { draft: plain(draft!) }
    }),

  /** A rule that is being written, read out and checked among the others of the caller's draft. */
  readRule: staff
    .input(z.object({ rule: ruleSchema }))
    .query(async ({ ctx, input }) =>
      plain(await query(ctx, asked => readRule(withKinds(ctx, asked), input))),
    ),

  /** Carries the caller's draft over to what others published meanwhile. */
  rebaseDraft: author.mutation(async ({ ctx }) => {
    const draft = await command(ctx, async asked => {
      await rebaseDraft(asked)
      return viewDraft(withKinds(ctx, asked))
    })
    return { draft: plain(draft!) }
  }),

  /** Throws the caller's draft away. */
  discardDraft: author.mutation(async ({ ctx }) => {
    await command(ctx, discardDraft)
    return {}
  }),

  /**
   * Makes the caller's draft the policy, at once and for everybody. 409 `POLICY_CHANGED` where another version than
   * `basedOn` stands, 400 `POLICY` with `problems`, 403 `ROLE` for more than the caller's role covers.
   */
  publish: author
    .input(z.object({ basedOn: version, note }))
    .mutation(({ ctx, input }) => command(ctx, asked => publishDraft(withKinds(ctx, asked), input))),

  /** The versions, the newest first; `before` goes on from the last one of an earlier answer. */
  history: staff
    .input(z.object({ before: version.optional() }).default({}))
    .query(async ({ ctx, input }) => ({
      versions: plain(await query(ctx, asked => listVersions(asked, input))),
    })),

  /** One version, read out; 0 is the policy without rules that every business begins with. */
  version: staff
    .input(z.object({ version }))
    .query(async ({ ctx, input }) =>
      plain(await query(ctx, asked => viewVersion(withKinds(ctx, asked), input))),
    ),

  /** What is different in one version from another, in words. */
  diff: staff
    .input(z.object({ from: version, to: version }))
    .query(({ ctx, input }) => query(ctx, asked => diffVersions(withKinds(ctx, asked), input))),

  /** Publishes an earlier version's rules again, as a new version. Refuses as `publish` does. */
  restore: author
    .input(z.object({ version, basedOn: version, note }))
    .mutation(({ ctx, input }) => command(ctx, asked => restoreVersion(withKinds(ctx, asked), input))),

  /** How booking this slot, or these seats, would be answered, with the full trace, and the nearest that would be confirmed at once. */
  tryIt: staff
    .input(
      z.discriminatedUnion('what', [
        tried.extend({
          what: z.literal('slot'),
          offerId: id,
          coachId: id.optional(),
          startsAt: instant,
        }),
        tried.extend({ what: z.literal('seats'), sessionId: id, seats: seats.default(1) }),
      ]),
    )
    .query(async ({ ctx, input }) =>
      plain(
        await query(ctx, asked =>
          input.what === 'slot'
            ? trySlot(withKinds(ctx, asked), ctx.house.calendars, input)
            : trySeats(withKinds(ctx, asked), input),
        ),
      ),
    ),

  /** What holds for somebody with this offer and coach before it is known when, or with a session, and where each number comes from (065). */
  effective: staff
    .input(tried.extend({ offerId: id, coachId: id, sessionId: id.optional() }))
    .query(({ ctx, input }) =>
      query(ctx, asked => effectiveValues(withKinds(ctx, asked), ctx.house.calendars, input)),
    ),

  simulate,
  impact,

  usualTerms,
  readTerms,
})
