import { useEffect, useState } from 'react'
import { buttonLook } from '../../components/Button.tsx'
import { Money } from '../../components/Money.tsx'
import { type SessionView, seatsLeftInWords } from '../../components/sessions/session.ts'

/** On a phone, what it costs and the way to the form, in reach of the thumb until the form is in view. */
export function BookBar({ session }: { session: SessionView }) {
  const [isNeeded, setNeeded] = useState(false)

  useEffect(() => {
    const form = document.getElementById('book')
    if (!form) return
    const observer = new IntersectionObserver(
      ([entry]) =>
        setNeeded(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top > 0),
      { rootMargin: '0px 0px -140px 0px' },
    )
    observer.observe(form)
    return () => observer.disconnect()
  }, [])

  if (!isNeeded) return null
  const { price, capacity, approval } = session
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 flex items-center justify-between gap-4 border-t border-line bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] shadow-raised lg:hidden">
      <p className="min-w-0 leading-tight">
        <Money minor={price.amountMinor} currency={price.currency} className="block font-semibold" />
        <span className="block text-sm text-muted">{seatsLeftInWords(capacity)}</span>
      </p>
      <a href="#book" className={buttonLook({ variant: 'primary' })}>
        {approval ? 'Ask for a seat' : 'Book a seat'}
      </a>
    </div>
  )
}
