import type { House } from '#server/house.ts'
import { analyze } from './demo/analyze.ts'
import { business } from './demo/cast.ts'
import { hasNoTenant, logins, seedDemo } from './demo/seed-demo.ts'
import { alone } from './prepare.ts'
import { step } from './steps.ts'

/** Makes the demo business where nobody has signed up yet, and only for trials on this machine. */
export async function makeDemoOnce(house: House, ownerUrl: string): Promise<void> {
  if (house.env.baseDomain !== 'localhost' || house.env.role === 'worker') return
  if (!(await hasNoTenant(house.db))) return
  await alone(ownerUrl, async () => {
    if (!(await hasNoTenant(house.db))) return
    await step(`Make the demo business ${business.name}`, say => seedDemo(house, { now: house.clock(), say }))
    await analyze(ownerUrl)
  })
}

/** Where the demo business is and who can sign in there; empty where it isn't. */
export async function demoNotes({ db, env, urls }: House): Promise<string> {
  const host = urls.hostOf(business.slug)
  const found = await db.selectFrom('tenant_hosts').select('host').where('host', '=', host).executeTakeFirst()
  if (!found || env.baseDomain !== 'localhost' || env.role === 'worker') return ''
  const password = logins()[0]!.password
  return [
    '',
    `  ${business.name}, a business to try things on: ${urls.tenant(host, '')}`,
    `  Sign in there at ${urls.tenant(host, '/sign-in')} with the password ${password} as`,
    ...logins().map(({ email, who }) => `    ${email.padEnd(28)}${who}`),
    ...(env.smtpUrl ? [] : [`  Its mails: ${urls.apex('/mail')}`]),
    '',
  ].join('\n')
}
