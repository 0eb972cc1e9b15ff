import type { MessageType, TypeRules } from './message.ts'
import { accountTypes } from './types/account-types.ts'
import { bookingTypes } from './types/booking-types.ts'
import { noticeTypes } from './types/notice-types.ts'
import { reminderTypes } from './types/reminder-types.ts'
import { sessionTypes } from './types/session-types.ts'

/** Every type of message there is. */
export const messageTypes: Record<MessageType, TypeRules> = {
  ...bookingTypes,
  ...reminderTypes,
  ...sessionTypes,
  ...noticeTypes,
  ...accountTypes,
}
