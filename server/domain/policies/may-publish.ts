import type { Actor } from '../command.ts'
import { permits } from '../people/roles.ts'
import type { Rule } from '../rules/policy.ts'
import { changedRules, changedTerms } from './diff.ts'
import type { PolicyDocument } from './read-versions.ts'

/**
 * Why a member may not put one policy in the place of another; null where they may. Owners and admins may change all;
 * a coach only the rules of the own calendar, and by them waive no rule that somebody else made.
 */
export function whyNotPublish(actor: Actor, before: PolicyDocument, after: PolicyDocument): string | null {
  if (actor.as === 'system') return null
  if (actor.as !== 'member' || !permits(actor.role, 'policies.editOwn'))
    return 'Only people who work here can do this.'
  if (permits(actor.role, 'policies.edit')) return null

  const isOwn = ({ scope, target }: Rule) => scope === 'coach' && target !== null && target === actor.coachId
  const changes = changedRules(before.rules, after.rules)
  const foreign = changes.find(change => [change.before, change.after].some(rule => rule && !isOwn(rule)))
  if (foreign) {
    const { title } = (foreign.before ?? foreign.after)!
    return `You can change the rules of your own calendar only, and “${title}” is for others too. Ask an owner.`
  }
  if (changedTerms(before.cancellation, after.cancellation).length > 0)
    return 'The terms of cancelling are the whole business’s. Ask an owner.'

  const others = new Map(after.rules.filter(rule => !isOwn(rule)).map(rule => [rule.id, rule]))
  for (const { after: rule } of changes) {
    const waived = rule?.does.waives?.map(id => others.get(id)).find(each => each !== undefined)
    if (waived)
      return `“${rule!.title}” would waive “${waived.title}”, which isn’t a rule of your own calendar. Ask an owner.`
  }
  return null
}
