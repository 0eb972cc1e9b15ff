import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { Spinner } from '../../../../components/Spinner.tsx'
import { type BulkJob, dismiss, failureId, listId, useBulkJobs } from './bulk-jobs.ts'

/** How far the answers to several requests are, and which of them failed, with the reason. */
export function BulkProgress() {
  const jobs = useBulkJobs()
  const isSending = jobs.some(({ state }) => state === 'sending')
  return (
    <div id={listId} className={`flex flex-col gap-4 not-empty:mb-4 ${isSending ? 'sticky top-2 z-10' : ''}`}>
      {jobs.map(job => (job.state === 'waiting' ? null : <Job key={job.key} job={job} />))}
    </div>
  )
}

function Job({ job: { key, state, requests, answer, answered, failures } }: { job: BulkJob }) {
  const isApproval = answer.answer === 'approve'
  if (state === 'sending') {
    return (
      <div className="rounded-control border border-line bg-surface p-4 shadow-raised">
        <p role="status" className="flex items-center gap-2">
          <Spinner />
          {isApproval ? 'Approving' : 'Declining'}: {answered} of {requests.length}
        </p>
        <progress
          aria-label={isApproval ? 'Approved so far' : 'Declined so far'}
          value={answered}
          max={requests.length}
          className="mt-2 h-2 w-full accent-accent-ink"
        />
      </div>
    )
  }
  return (
    <div id={failureId(key)} tabIndex={-1} className="rounded-control">
      <Banner
        tone="bad"
        role="alert"
        title={`${failures.length} of ${requests.length} couldn’t be ${isApproval ? 'approved' : 'declined'}`}
        actions={
          <Button size="small" onPress={() => dismiss(key)}>
            Understood
          </Button>
        }
      >
        <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
          {failures.map(({ id, name, message }) => (
            <li key={id}>
              <span className="font-medium">{name}:</span> {message}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  )
}
