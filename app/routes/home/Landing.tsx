import {
  CalendarClock,
  CircleCheck,
  Clock,
  Hourglass,
  MailCheck,
  ShieldCheck,
  SlidersHorizontal,
  Smartphone,
  UsersRound,
  Zap,
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
      <section className="grid items-center gap-12 pt-14 pb-14 sm:pt-20 sm:pb-20 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
        <div>
          <h1 className="text-4xl sm:text-5xl sm:leading-[1.05] lg:text-6xl lg:leading-[1.05]">
            Booking that keeps to your terms
          </h1>
          <p className="mt-5 max-w-2xl text-lg text-muted sm:text-xl">
            Rapport gives a coaching business its own booking site. Clients book what your rules allow, ask
            for the rest, and your calendar stays yours.
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
        </div>
        <Example />
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

const example = [
  { time: '9:00', instant: false },
  { time: '10:30', instant: true },
  { time: '14:00', instant: true },
  { time: '16:30', instant: true },
]

/** A picture of what clients see, made of the real thing's parts. */
function Example() {
  return (
    <div
      aria-hidden="true"
      className="relative mx-auto w-full max-w-sm rounded-card border border-line bg-surface p-6 shadow-raised max-lg:hidden"
    >
      <p className="text-lg font-semibold tracking-tight">Leadership session</p>
      <p className="mt-1 flex items-center gap-1.5 text-sm text-muted">
        <Clock className="size-4" /> 1 hour with Maya Okonkwo
      </p>
      <p className="mt-5 mb-2 text-sm font-medium">Tuesday 9 March</p>
      <div className="grid grid-cols-2 gap-2">
        {example.map(({ time, instant }) => (
          <div
            key={time}
            className={`rounded-control border px-3 py-2 ${time === '10:30' ? 'border-accent-ink bg-accent-soft' : 'border-line'}`}
          >
            <span className="block font-semibold tabular">{time}</span>
            <span
              className={`flex items-center gap-1 text-xs font-medium ${instant ? 'text-good' : 'text-wait'}`}
            >
              {instant ? <Zap className="size-3" /> : <Hourglass className="size-3" />}
              {instant ? 'Instant' : 'Needs approval'}
            </span>
          </div>
        ))}
      </div>
      <p className="mt-4 rounded-control bg-sunken px-3 py-2.5 text-sm text-muted">
        9:00 needs Maya’s approval: it starts in 18 hours, and she wants 24 for instant booking.
      </p>
      <p className="absolute -right-6 -bottom-6 flex items-center gap-2 rounded-full border border-good-line bg-good-soft py-2 pr-4 pl-3 text-sm font-medium text-good shadow-card">
        <CircleCheck className="size-5" /> You’re booked, Ana
      </p>
    </div>
  )
}
