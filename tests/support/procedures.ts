import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server'
import { z } from 'zod'
import { appRouter } from '#server/trpc/router.ts'

export interface ProcedureFacts {
  /** Such as `bookings.book`. */
  name: string
  type: 'query' | 'mutation'
  /** The JSON Schema of its input; empty where it takes none. */
  input: JsonSchema
}

export interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  enum?: unknown[]
  anyOf?: JsonSchema[]
}

/** Every procedure of the router, so that a test of all of them covers those that come later. */
export function allProcedures(): ProcedureFacts[] {
  const { procedures } = (appRouter as AnyTRPCRouter)._def
  return Object.entries(procedures as Record<string, AnyTRPCProcedure>).map(([name, { _def }]) => {
    const { type, inputs } = _def as unknown as { type: 'query' | 'mutation'; inputs: z.ZodType[] }
    const [schema] = inputs
    const input = schema ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {}
    return { name, type, input: input as JsonSchema }
  })
}
