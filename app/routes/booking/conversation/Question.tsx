import { type FormEvent, useState } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { TimeLeft } from '../../../components/TimeLeft.tsx'
import { failureOf } from '../../../failure.ts'
import type { BookingView } from '../route.tsx'
import { useChange } from '../use-change.ts'

interface QuestionProps {
  booking: BookingView
  token: string
  onAnswered: () => void
}

/** What the coach needs to know before deciding, with room for the answer (035). */
export function Question({ booking, token, onAnswered }: QuestionProps) {
  const { coach, can, questions } = booking
  const open = can.answerQuestion ? questions.at(-1) : null
  const [answer, setAnswer] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const send = useChange(token, onAnswered)
  if (!open) return null

  function submit(event: FormEvent) {
    event.preventDefault()
    const words = answer.trim()
    if (words === '') return setMissing('Write your answer first.')
    send.mutate(bookings => bookings.answerQuestion.mutate({ token, answer: words }))
  }

  return (
    <Card as="section" className="border-accent-line p-5 sm:p-6">
      <h2 className="text-lg wrap-anywhere">{coach.name} asks</h2>
      <blockquote className="mt-2 rounded-control bg-accent-soft/60 px-4 py-3 whitespace-pre-line wrap-anywhere">
        {open.question}
      </blockquote>
      <form onSubmit={submit} noValidate className="mt-4 flex flex-col gap-3">
        <TextField
          label="Your answer"
          isRequired
          rows={4}
          maxLength={4000}
          value={answer}
          onChange={text => {
            setAnswer(text)
            setMissing(null)
          }}
          error={missing}
        />
        {send.isError && (
          <Banner tone="bad" role="alert" title="Your answer wasn’t sent">
            {failureOf(send.error).message}
          </Banner>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          {open.answerBy ? <TimeLeft until={open.answerBy} /> : <span />}
          <Button type="submit" variant="primary" isPending={send.isPending} className="w-full sm:w-auto">
            Send the answer
          </Button>
        </div>
      </form>
      <p className="mt-3 text-sm text-muted">
        Your time stays held. When you have answered, {coach.name} decides; you’ll hear by e-mail.
      </p>
    </Card>
  )
}
