import { suggestedTimes } from '../../components/conversation/conversation.ts'
import type { Formats } from '../../formats.ts'
import type { BookingView } from './route.tsx'

export interface ToldStatus {
  title: string
  text: string | null
  isWithdrawn: boolean
}

/** How the booking stands, in a title and a sentence or two for its client. */
export function tellStatus(booking: BookingView, justBooked: boolean, formats: Formats): ToldStatus {
  const { status, coach, client, session } = booking
  const isOver = session.joinOpensAt === null
  const isWithdrawn =
    status === 'CANCELLED' && booking.cancelledBy === 'client' && !booking.confirmationTimestamp
  const told = (title: string, text: string | null = null) => ({ title, text, isWithdrawn })
  const firstName = client.name.split(/\s+/)[0] ?? client.name

  switch (status) {
    case 'FIRM_BOOKED':
    case 'CONFIRMED':
      if (isOver) return told('This session is over', `We hope it was worth your time, ${firstName}.`)
      if (justBooked) {
        return told(`You’re booked, ${firstName}`, `We’ve sent a confirmation to ${client.email}.`)
      }
      if (session.decideBy) {
        const decided = `Whether it is held is decided by ${formats.shortDay(session.lapsesAt ?? session.decideBy)}; we tell you either way.`
        return told(booking.seats === 1 ? 'Your seat is booked' : 'Your seats are booked', decided)
      }
      return told('Your session is confirmed', `${coach.name} looks forward to it.`)
    case 'REQUESTED':
      if (booking.can.acceptProposal) {
        return told(
          `${coach.name} suggests ${suggestedTimes(booking).length === 1 ? 'another time' : 'other times'}`,
        )
      }
      if (booking.can.answerQuestion) {
        return told(`${coach.name} has a question`, 'Your answer helps to decide on your request.')
      }
      return told(
        justBooked ? 'Your request is sent' : `Waiting for ${coach.name}`,
        session.bookedBy === 'session'
          ? 'Your place isn’t confirmed yet, but it’s kept for you until there’s an answer.'
          : 'This time isn’t confirmed yet, but it’s held for you until there’s an answer.',
      )
    case 'DECLINED':
      if (booking.declineCode === 'approval_timeout') {
        return told(
          `${coach.name} didn’t answer in time`,
          'So this request has ended. Please choose another time.',
        )
      }
      return told(
        session.bookedBy === 'session' ? 'Your request was declined' : `${coach.name} can’t make this time`,
        booking.declineReason ? `“${booking.declineReason}”` : 'Your request was declined.',
      )
    case 'CANCELLED':
      if (isWithdrawn) return told('You withdrew this request')
      if (booking.cancelledBy === 'client') {
        return told(
          session.bookedBy === 'session' ? 'You cancelled your booking' : 'You cancelled this session',
        )
      }
      if (session.stateReason === 'minimum_not_met') {
        return told('This session won’t be held', 'Too few people could come. We’re sorry about that.')
      }
      return told(
        `${coach.name} had to cancel`,
        booking.cancelReason ? `“${booking.cancelReason}”` : 'We’re sorry about that.',
      )
  }
}
