import type { BookingView } from './route.tsx'

export interface ToldStatus {
  title: string
  text: string | null
  isWithdrawn: boolean
}

/** How the booking stands, in a title and a sentence or two for its client. */
export function tellStatus(booking: BookingView, justBooked: boolean): ToldStatus {
  const { status, coach, client } = booking
  const isOver = !booking.can.reschedule && !booking.can.cancel
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
      return told('Your session is confirmed', `${coach.name} looks forward to it.`)
    case 'REQUESTED':
      return told(
        justBooked ? 'Your request is sent' : `Waiting for ${coach.name}`,
        'This time isn’t confirmed yet, but it’s held for you until there’s an answer.',
      )
    case 'DECLINED':
      if (booking.declineCode === 'approval_timeout') {
        return told(
          `${coach.name} didn’t answer in time`,
          'So this request has ended. Please choose another time.',
        )
      }
      return told(
        `${coach.name} can’t make this time`,
        booking.declineReason ? `“${booking.declineReason}”` : 'Your request was declined.',
      )
    case 'CANCELLED':
      if (isWithdrawn) return told('You withdrew this request')
      if (booking.cancelledBy === 'client') return told('You cancelled this session')
      return told(
        `${coach.name} had to cancel`,
        booking.cancelReason ? `“${booking.cancelReason}”` : 'We’re sorry about that.',
      )
  }
}
