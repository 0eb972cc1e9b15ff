import { type DecisionFacts, STRANGER } from '../rules/facts.ts'

/**
 * The ways in which an attempt is judged, for `decideStrictest`: whoever didn't prove an address that is on record is
 * judged as nobody and by its record, so that what bars counts and what favours doesn't. Staff know whom they book for.
 */
export function waysToJudge(facts: DecisionFacts): DecisionFacts[] {
  const isSure = facts.by === 'staff' || facts.viewer.proven || facts.client.id === null
  return isSure ? [facts] : [{ ...facts, client: STRANGER }, facts]
}
