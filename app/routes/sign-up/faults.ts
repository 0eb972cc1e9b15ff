import { slugFault, slugFrom } from './slug.ts'

export type SignUpField = 'businessName' | 'slug' | 'ownerName' | 'email' | 'password'
export type SignUpFaults = Partial<Record<SignUpField, string>>

/** What a form says; an address left empty follows the name. */
export function typedIn(form: FormData): Record<SignUpField, string> {
  const textOf = (field: SignUpField) => String(form.get(field) ?? '')
  return {
    businessName: textOf('businessName'),
    slug: textOf('slug') || slugFrom(textOf('businessName')),
    ownerName: textOf('ownerName'),
    email: textOf('email'),
    password: textOf('password'),
  }
}

/** What is wrong with the typed fields, all at once. The server still has the last word. */
export function faultsIn(typed: Record<SignUpField, string>): SignUpFaults {
  const faults: Record<SignUpField, string | null> = {
    businessName: typed.businessName.trim() === '' ? 'Name your business.' : null,
    slug: slugFault(typed.slug),
    ownerName: typed.ownerName.trim() === '' ? 'Enter your name.' : null,
    email: emailFault(typed.email.trim()),
    password: passwordFault(typed.password),
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== null))
}

function emailFault(email: string): string | null {
  if (email === '') return 'Enter your e-mail address.'
  return /^[^\s@]+@[^\s@]+$/.test(email) ? null : 'Enter an e-mail address, such as name@example.com.'
}

function passwordFault(password: string): string | null {
  if (password === '') return 'Choose a password.'
  return password.length < 10 ? 'Choose a password of at least 10 characters.' : null
}
