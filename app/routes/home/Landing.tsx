import {
  CalendarClock,
  MailCheck,
  ShieldCheck,
  SlidersHorizontal,
  Smartphone,
  UsersRound,
} from 'lucide-react'
import { LinkButton } from '../../components/Button.tsx'

const points = [
  {
    icon: SlidersHorizontal,
    title: 'Your rules decide',
    text: 'Say how much notice you need, how many sessions a day are enough and whom you want to approve first. Every booking follows them, and says why.',
  },
  {
    icon: CalendarClock,
    title: 'Firm, or a request',
    text: 'What fits is booked at once. What doesn’t comes to you as a request, with the time held until you answer.',
  },
  {
    icon: ShieldCheck,
    title: 'Never booked twice',
    text: 'A time belongs to one client from the moment they open the form. Whoever comes second is shown the nearest free times.',
  },
  {
    icon: Smartphone,
    title: 'Three steps on a phone',
    text: 'Clients pick a time, type their name and are done. No account, no app. Times are in their own time zone.',
  },
  {
    icon: MailCheck,
    title: 'Mails that say it all',
    text: 'Confirmations with a calendar entry, reminders, changes and questions after the session go out in your name.',
  },
  {
    icon: UsersRound,
    title: 'For one coach or several',
    text: 'Each coach has own hours, limits and rules. Clients choose one, or take whoever is free.',
  },
]

/** What Rapport is, for whoever comes to its own address. */
export function Landing() {
  return (
    <main className="mx-auto w-full max-w-5xl px-4 pb-16 sm:px-6">
      <section className="max-w-3xl pt-14 pb-14 sm:pt-24 sm:pb-20">
        <h1 className="text-4xl sm:text-6xl sm:leading-[1.05]">Booking that keeps to your terms</h1>
        <p className="mt-5 max-w-2xl text-lg text-muted sm:text-xl">
          Rapport gives a coaching business its own booking site. Clients book what your rules allow, ask for
          the rest, and your calendar stays yours.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          <LinkButton to="/sign-up" variant="primary" size="large">
            Set up your business
          </LinkButton>
          <LinkButton to="/find" size="large">
            Find my business
          </LinkButton>
        </div>
        <p className="mt-4 text-sm text-muted">
          From here to a page that clients can book takes about five minutes.
        </p>
      </section>
      <section aria-label="What it does" className="border-t border-line pt-12">
        <ul className="grid gap-x-10 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
          {points.map(({ icon: Icon, title, text }) => (
            <li key={title}>
              <span className="flex size-10 items-center justify-center rounded-control bg-accent-soft text-accent-ink">
                <Icon aria-hidden="true" className="size-5" />
              </span>
              <h2 className="mt-4 text-lg">{title}</h2>
              <p className="mt-1.5 text-[0.9375rem] text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}
