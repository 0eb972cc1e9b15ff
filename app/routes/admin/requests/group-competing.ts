import type { Request } from './RequestCard.tsx'

/** The requests in their order, those that ask for the same time as an earlier one right after it (C9). */
export function groupCompeting(requests: readonly Request[]): Request[][] {
  const groups: Request[][] = []
  for (const request of requests) {
    const rivals = new Set(request.competing?.map(({ id }) => id))
    const group = groups.find(others => others.some(({ id }) => rivals.has(id)))
    if (group) group.push(request)
    else groups.push([request])
  }
  return groups
}
