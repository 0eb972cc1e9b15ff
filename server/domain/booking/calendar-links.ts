interface CalendarEntry {
  offer: { title: string; location: string }
  coach: { name: string }
  startsAt: Date
  endsAt: Date
  calendarUid: string
  sequence: number
}

/** How a client puts a session into a calendar: links that open Google's and Outlook's own forms, filled in. */
export function calendarLinks({ offer, coach, startsAt, endsAt, calendarUid, sequence }: CalendarEntry) {
  const title = `${offer.title} with ${coach.name}`
  const google = new URL('https://calendar.google.com/calendar/render')
  google.search = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${compact(startsAt)}/${compact(endsAt)}`,
    location: offer.location,
  }).toString()
  const outlook = new URL('https://outlook.live.com/calendar/0/action/compose')
  outlook.search = new URLSearchParams({
    rru: 'addevent',
    subject: title,
    startdt: startsAt.toISOString(),
    enddt: endsAt.toISOString(),
    location: offer.location,
  }).toString()
  return { uid: calendarUid, sequence, google: google.href, outlook: outlook.href }
}

function compact(instant: Date): string {
  return instant.toISOString().replace(/[-:]|\.\d{3}/g, '')
}
