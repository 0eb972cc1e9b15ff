import type { MessageType, TypeRules } from '../message.ts'
import { always } from './standing.ts'

/** Of connections and logins. What they tell of is settled when they are planned. */
export const accountTypes = {
  connection_invited: { seedName: 'CONNECTION_INVITED', essential: true, calendar: null, wanted: always },
  connection_requested: { seedName: 'CONNECTION_REQUESTED', essential: true, calendar: null, wanted: always },
  connection_accepted: { seedName: 'CONNECTION_ACCEPTED', essential: true, calendar: null, wanted: always },
  sign_in_link: { seedName: 'SIGN_IN_LINK', essential: true, calendar: null, wanted: always },
  password_reset: { seedName: 'PASSWORD_RESET', essential: true, calendar: null, wanted: always },
  business_found: { seedName: 'BUSINESS_FOUND', essential: true, calendar: null, wanted: always },
} satisfies Partial<Record<MessageType, TypeRules>>
