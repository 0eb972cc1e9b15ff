import { z } from 'zod'
import { cancellationSchema } from '../cancellation/schema.ts'
import { rulesSchema } from '../rules/policy-schema.ts'
import type { PolicyDocument } from './read-versions.ts'

/** The form of a policy, as drafts and imports have it. */
export const policyDocumentSchema = z.strictObject({
  rules: rulesSchema,
  cancellation: cancellationSchema,
}) as z.ZodType<PolicyDocument, PolicyDocument>
