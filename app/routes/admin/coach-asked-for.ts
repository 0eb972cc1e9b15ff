import type { AppLoadContext } from '@remix-run/node'
import { notFoundPage } from '../../loading.ts'
import '../../context.ts'

/** The coach that a page is about: the one in the address, else oneself, else the first. */
export async function coachAskedFor({ api, viewer }: AppLoadContext, request: Request) {
  const asked = new URL(request.url).searchParams.get('coach') ?? viewer?.member?.coachId
  const coaches = await api.coaches.list()
  const coach = asked ? coaches.find(({ id }) => id === asked) : coaches[0]
  if (!coach) throw notFoundPage('There is no such coach here.')
  return coach
}
