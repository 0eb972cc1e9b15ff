import type { MessageType, TypeRules } from '../message.ts'
import { always } from './standing.ts'

/** Of a coach's calendar as a whole: whether they still hold is asked of the calendar, see `findNotice`. */
export const noticeTypes = {
  limit_warning: { seedName: 'LIMIT_WARNING', essential: false, calendar: null, wanted: always },
  break_cut_short: { seedName: 'BUFFER_CONFLICT', essential: false, calendar: null, wanted: always },
} satisfies Partial<Record<MessageType, TypeRules>>
