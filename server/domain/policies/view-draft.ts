import { currentPolicy } from './current-policy.ts'
import { diffDocuments, type PolicyDiff } from './diff.ts'
import { type Draft, readDraft } from './drafts.ts'
import { whyNotPublish } from './may-publish.ts'
import { wordingOf } from './names.ts'
import { aboutCurrent, type PolicyVersion, readVersion, versionsSince } from './read-versions.ts'
import { type DocumentView, viewDocument } from './view-document.ts'
import { type PolicyQuery, readWorld } from './world.ts'

export interface CurrentView extends DocumentView {
  /** 0 where nothing was published yet. */
  version: number
  about: PolicyVersion | null
}

export interface DraftView extends DocumentView {
  /** The version it began as. */
  basedOn: number
  /** The one that stands now: publishing takes a draft based on it. */
  current: number
  /** What others published meanwhile: the draft must be carried over, or it would undo it. */
  meanwhile: PolicyVersion[]
  changedAt: Date
  /** What publishing it would change. */
  diff: PolicyDiff
  /** Why the member may not publish it; null where only problems are in the way. */
  whyNot: string | null
}

/** What holds now, read out. */
export async function viewCurrent(query: PolicyQuery): Promise<CurrentView> {
  const policy = await currentPolicy(query)
  const world = await readWorld(query, [policy])
  return { version: policy.version, about: await aboutCurrent(query), ...viewDocument(policy, world) }
}

/** What the member is working on, read out and compared with what holds now; null for nothing. */
export async function viewDraft(query: PolicyQuery): Promise<DraftView | null> {
  const draft = await readDraft(query)
  return draft && viewOf(query, draft)
}

async function viewOf(query: PolicyQuery, draft: Draft): Promise<DraftView> {
  const policy = await currentPolicy(query)
  const world = await readWorld(query, [policy, draft])
  return {
    ...viewDocument(draft, world),
    basedOn: draft.basedOn,
    current: policy.version,
    meanwhile: await versionsSince(query, draft.basedOn),
    changedAt: draft.changedAt,
    diff: diffDocuments(policy, draft, wordingOf(world, [policy, draft])),
    whyNot: whyNotPublish(query.actor, policy, draft),
  }
}

/** One version, read out. 404 for none. */
export async function viewVersion(
  query: PolicyQuery,
  { version }: { version: number },
): Promise<DocumentView & { version: number }> {
  const policy = await readVersion(query, version)
  return { version, ...viewDocument(policy, await readWorld(query, [policy])) }
}

/** What is different in one version from another. 404 for one that there isn't. */
export async function diffVersions(
  query: PolicyQuery,
  { from, to }: { from: number; to: number },
): Promise<PolicyDiff> {
  const before = await readVersion(query, from)
  const after = await readVersion(query, to)
  const world = await readWorld(query, [before, after])
  return diffDocuments(before, after, wordingOf(world, [before, after]))
}
