import type { Rule } from '#server/domain/rules/policy.ts'
import type { Api } from './api.ts'
import { expectData } from './builders.ts'
import { rule } from './policy.ts'

/** A rule of the whole business that always holds, unless told otherwise; as `rule`, for those that are named. */
export function makeRule({ does, ...change }: Partial<Rule> & Pick<Rule, 'does'>): Rule {
  return rule(does, change)
}

export const asksFirst: Rule['does'] = {
  restricts: { outcome: 'request', sentence: 'Your coach looks at it.' },
}

/** Keeps these rules as a member's draft; the version it is based on is the one that stands. */
export async function draft(api: Api, ...rules: Rule[]) {
  const { version, cancellation } = expectData(await api.query('policies.current'))
  const document = { rules, cancellation: cancellation.map(({ rule }: { rule: unknown }) => rule) }
  return expectData(await api.mutate('policies.saveDraft', { basedOn: version, document })).draft
}

/** Makes these rules, and no others, the policy of a business. Returns the version. */
export async function publish(api: Api, ...rules: Rule[]): Promise<number> {
  const { basedOn } = await draft(api, ...rules)
  return expectData(await api.mutate('policies.publish', { basedOn })).version
}
