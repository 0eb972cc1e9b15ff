import { useSyncExternalStore } from 'react'
import { toast } from '../../../../components/toasts.tsx'
import { newKey } from '../../../../new-key.ts'

/** What is answered to all of them. */
export type BulkAnswer = { answer: 'approve' } | { answer: 'decline'; reason: string; code: string }

/** A request that is being answered. */
export interface Answering {
  id: string
  /** The client, for what is told about it. */
  name: string
  /** The time that was seen and is meant. */
  startsAt: string
}

export interface BulkJob {
  key: string
  requests: readonly Answering[]
  answer: BulkAnswer
  /** `waiting` for a few seconds, so that it can be undone; `done` only with failures to be read. */
  state: 'waiting' | 'sending' | 'done'
  /** How many were answered so far, failures included. */
  answered: number
  failures: readonly (Answering & { message: string })[]
}

/** What happened to each: null for well, or why not. */
type Send = (requests: readonly Answering[], answer: BulkAnswer) => Promise<Map<string, string | null>>

interface Begin {
  requests: readonly Answering[]
  answer: BulkAnswer
  send: Send
  /** Called whenever some were answered. */
  onProgress: () => void
  /** Sends everything without waiting for an answer, since the page is being closed. */
  sendOnLeaving: (requests: readonly Answering[], answer: BulkAnswer) => void
}

/** How long they can be taken back before anything is sent, ms. */
const UNDO = 8_000
/** So many are sent at a time, so that one sees how far it is. */
const AT_ONCE = 4

// Kept beside the pages: what was begun goes on while another page is looked at.
let jobs: readonly BulkJob[] = []
const listeners = new Set<() => void>()
const none: readonly BulkJob[] = []

/** Answers that wait, are being sent or have failed. */
export function useBulkJobs(): readonly BulkJob[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => jobs,
    () => none,
  )
}

/** Answers several requests a few seconds from now, unless it is undone; nothing has been sent before. */
export function beginBulk({ requests, answer, send, onProgress, sendOnLeaving }: Begin): void {
  const key = newKey()
  show([...jobs, { key, requests, answer, state: 'waiting', answered: 0, failures: [] }])

  function leave() {
    stopWaiting()
    dismiss(key)
    sendOnLeaving(requests, answer)
  }
  function stopWaiting() {
    clearTimeout(timer)
    removeEventListener('pagehide', leave)
    closeToast()
  }
  const timer = setTimeout(() => {
    stopWaiting()
    void run(key, send, onProgress)
  }, UNDO)
  addEventListener('pagehide', leave)
  const closeToast = toast({
    text: `${answer.answer === 'approve' ? 'Approving' : 'Declining'} ${counted(requests.length)} in a moment.`,
    tone: 'plain',
    lasts: UNDO + 2_000,
    action: {
      label: 'Undo',
      onPress() {
        stopWaiting()
        dismiss(key)
      },
    },
  })
}

/** Takes away what was told of answers that failed. */
export function dismiss(key: string): void {
  show(jobs.filter(job => job.key !== key))
}

async function run(key: string, send: Send, onProgress: () => void): Promise<void> {
  const { requests, answer } = jobs.find(job => job.key === key)!
  let failures: BulkJob['failures'] = []
  change(key, { state: 'sending' })
  for (let from = 0; from < requests.length; from += AT_ONCE) {
    const portion = requests.slice(from, from + AT_ONCE)
    const answers = await send(portion, answer)
    failures = [
      ...failures,
      ...portion.flatMap(request => {
        const message = answers.get(request.id)
        return message ? { ...request, message } : []
      }),
    ]
    change(key, { answered: from + portion.length, failures })
    onProgress()
  }
  const done = requests.length - failures.length
  const word = answer.answer === 'approve' ? 'approved' : 'declined'
  if (done > 0) {
    toast({
      text: `${counted(done)} ${word}. ${done === 1 ? 'The client is' : 'The clients are'} told by e-mail.`,
    })
  }
  if (failures.length === 0) return dismiss(key)
  change(key, { state: 'done' })
  tellFailures(key, `${failures.length} of ${requests.length} couldn’t be ${word}`)
}

/** What failed stands over the queue, out of view for who is further down, or on another page. */
function tellFailures(key: string, text: string): void {
  const isOnPage = document.getElementById(listId) !== null
  toast({
    text: isOnPage ? `${text}.` : `${text}. The page of requests says why.`,
    tone: 'bad',
    ...(isOnPage && {
      action: { label: 'See why', onPress: () => document.getElementById(failureId(key))?.focus() },
    }),
  })
}

/** The element that lists what is under way. */
export const listId = 'bulk-answers'

/** The element that says why some of a job failed. */
export function failureId(key: string): string {
  return `bulk-${key}`
}

function counted(count: number): string {
  return count === 1 ? 'One request' : `${count} requests`
}

function change(key: string, changes: Partial<BulkJob>): void {
  show(jobs.map(job => (job.key === key ? { ...job, ...changes } : job)))
}

function show(next: readonly BulkJob[]): void {
  jobs = next
  for (const listener of listeners) listener()
}
