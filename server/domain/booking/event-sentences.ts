type Data = Record<string, unknown>

/** What an event of a booking says to its coach. Instants stay out: the page shows them in the reader's zone. */
const sentences: Record<string, (data: Data) => string> = {
  'booking.requested': () => 'Requested, and the time set aside until you answer',
  'booking.firm_booked': () => 'Booked and confirmed at once',
  'booking.confirmed': () => 'Confirmed',
  'booking.answer_due': () => 'Half of the time to answer has passed',
  'booking.declined': ({ by, code }) =>
    code === 'competing_request'
      ? 'Declined, because another one got the same time'
      : by === 'system'
        ? 'Declined, because nobody answered in time'
        : 'Declined',
  'booking.cancelled': ({ withdrawn, by }) =>
    withdrawn ? 'Request withdrawn' : `Cancelled by the ${by === 'coach' ? 'coach' : String(by)}`,
  'booking.moved': ({ feeMinor }) => (feeMinor ? 'Moved late, for a fee' : 'Moved to another time'),
  'booking.move_requested': () => 'Another time asked for; the old one stands until you answer',
  'booking.move_declined': () => 'The other time was declined; the old one stands',
  'booking.move_withdrawn': () => 'The other time is no longer asked for',
  'booking.times_proposed': ({ times }) =>
    `Suggested ${Array.isArray(times) && times.length > 1 ? `${times.length} other times` : 'another time'}`,
  'booking.proposals_withdrawn': () => 'The suggested times were taken back',
  'booking.proposals_declined': () => 'None of the suggested times fits the client',
  'booking.question_asked': () => 'Asked the client a question; the time to answer stands still',
  'booking.question_withdrawn': () => 'The question was taken back',
  'booking.question_answered': () => 'The client answered the question',
  'booking.not_answered': ({ questionId }) =>
    questionId ? 'The client did not answer the question in time' : 'The suggested times ran out',
  'booking.restored': () => 'Restored by the one who ended it',
  'booking.fee_waived': () => 'Fee waived',
  'booking.notes_changed': () => 'Notes changed',
  'booking.attendance_marked': ({ attendance }) =>
    attendance === 'attended'
      ? 'Client attended'
      : attendance === 'no_show'
        ? 'Client did not come'
        : 'Attendance taken back',
  'booking.checked_in': ({ seat }) => `Checked in${ofSeat(seat)}`,
  'booking.check_in_undone': ({ seat }) => `Check-in taken back${ofSeat(seat)}`,
  'booking.shown_as_changed': ({ shown }) =>
    shown ? 'Chose a name for the other participants' : 'No longer shown to the other participants',
  'certificate.issued': () => 'Certificate issued',
  'certificate.revoked': ({ seat }) => `Certificate revoked${ofSeat(seat)}`,
  'message.failed': () => 'A message could not be delivered',
  'booking.feedback_given': ({ rating }) => `Feedback given: ${String(rating)} of 5`,
}

/** The client's own seat needs no number. */
function ofSeat(seat: unknown): string {
  return seat === 1 ? '' : `: seat ${String(seat)}`
}

export function eventSentence(name: string, data: Data): string {
  return sentences[name]?.(data) ?? name.replace(/^.*\./, '').replaceAll('_', ' ')
}
