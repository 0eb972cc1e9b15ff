/** The id of a slot: the same for the same coach, start and offer, whoever asks (324). */
export function slotId(coachId: string, startsAt: number, offerId: string): string {
  return `${coachId}.${startsAt}.${offerId}`
}
