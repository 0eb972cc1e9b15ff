import type { Answer, Api } from './api.ts'
import type { TestHouse } from './house.ts'

export interface Business {
  tenantId: string
  slug: string
  host: string
  /** Signed in as the owner. */
  owner: Api
  email: string
  password: string
  personId: string
  coachId: string
  /** A caller on the business's host who isn't signed in. */
  visitor(): Api
}

let count = 0

/** Signs a business up through the API, and its owner in, who is its only coach. */
export async function signUpBusiness(
  house: TestHouse,
  given: Partial<
    Record<'businessName' | 'slug' | 'ownerName' | 'email' | 'timeZone' | 'currency', string>
  > = {},
): Promise<Business> {
  const number = ++count
  const password = 'correct horse battery'
  const input = {
    businessName: `Business ${number}`,
    slug: `business-${number}`,
    ownerName: `Olivia Owner ${number}`,
    email: `owner-${number}@example.com`,
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    ...given,
    password,
  }
  const { tenantId, slug } = expectData(await house.api().mutate('tenants.signUp', input))
  const host = `${slug}.${house.house.env.baseDomain}`
  const owner = house.api(host)
  const { viewer } = expectData(await owner.mutate('auth.signIn', { email: input.email, password }))
  return {
    tenantId,
    slug,
    host,
    owner,
    email: input.email,
    password,
    personId: viewer.personId,
    coachId: viewer.member.coachId,
    visitor: () => house.api(host),
  }
}

/** The data of an answer that must not have failed. */
export function expectData(answer: Answer): Answer['data'] {
  if (answer.error) throw new Error(`${answer.status} ${answer.error.code}: ${answer.error.message}`)
  return answer.data
}
