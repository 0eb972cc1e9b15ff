import { Star } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { TextField } from '../../components/TextField.tsx'
import { failureOf } from '../../failure.ts'
import type { BookingView } from './route.tsx'
import { useChange } from './use-change.ts'

const ratings = ['Not helpful', 'Could be better', 'Good', 'Very good', 'Excellent']

interface FeedbackProps {
  booking: BookingView
  token: string
}

/** After the session: how it was, one to five and a text (266). */
export function Feedback({ booking, token }: FeedbackProps) {
  const { feedback, coach } = booking
  const [isOpen, setOpen] = useState(feedback === null)
  const [rating, setRating] = useState(feedback?.rating ?? 0)
  const [comment, setComment] = useState(feedback?.comment ?? '')
  const [isMissing, setMissing] = useState(false)
  const give = useChange(token, () => setOpen(false))

  const send = (event: FormEvent) => {
    event.preventDefault()
    setMissing(rating === 0)
    if (rating > 0) give.mutate(bookings => bookings.giveFeedback.mutate({ token, rating, comment }))
  }
  if (!isOpen && feedback) {
    return (
      <Banner
        tone="good"
        role="status"
        title="Thank you for your feedback"
        actions={
          <Button size="small" onPress={() => setOpen(true)}>
            Change it
          </Button>
        }
      >
        You said: {ratings[feedback.rating - 1]}.{feedback.comment && ` “${feedback.comment}”`}
      </Banner>
    )
  }
  return (
    <Card as="section" className="scroll-mt-6 p-5 sm:p-6">
      <h2 id="feedback" className="text-lg">
        How was it?
      </h2>
      <form onSubmit={send} className="mt-3 flex flex-col gap-4">
        <fieldset>
          <legend className="mb-1.5 text-sm text-muted">Your session with {coach.name}</legend>
          <div className="flex items-center gap-1">
            {ratings.map((words, index) => (
              <label
                key={words}
                className="relative cursor-pointer rounded-md p-1.5 has-focus-visible:outline-2 has-focus-visible:outline-accent-ink"
              >
                <input
                  type="radio"
                  name="rating"
                  value={index + 1}
                  checked={rating === index + 1}
                  onChange={() => setRating(index + 1)}
                  className="sr-only"
                />
                <Star
                  aria-hidden="true"
                  className={`size-8 ${index < rating ? 'fill-accent-ink text-accent-ink' : 'text-line-strong'}`}
                />
                <span className="sr-only">
                  {index + 1}: {words}
                </span>
              </label>
            ))}
            <span aria-hidden="true" className="ml-2 text-sm font-medium">
              {ratings[rating - 1]}
            </span>
          </div>
          {isMissing && rating === 0 && (
            <p role="alert" className="mt-1 text-sm font-medium text-bad">
              Please choose one to five stars.
            </p>
          )}
        </fieldset>
        <TextField
          label="What should we know?"
          rows={3}
          maxLength={4000}
          value={comment}
          onChange={setComment}
          error={give.isError ? failureOf(give.error).message : null}
        />
        <Button type="submit" variant="primary" className="self-start" isPending={give.isPending}>
          Send feedback
        </Button>
      </form>
    </Card>
  )
}
