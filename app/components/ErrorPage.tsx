import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react'
import { buttonLook } from './Button.tsx'

interface Told {
  title: string
  message: string
  requestId: string | null
  /** Asking again may help. */
  canRetry: boolean
}

/** What a visitor sees when a page can't be shown: what happened, and what to do. For error boundaries. */
export function ErrorPage() {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-lg flex-col justify-center px-6 py-16">
      <ErrorMessage />
    </main>
  )
}

/** The same within a page that keeps its frame. */
export function ErrorMessage({ startPage = '/' }: { startPage?: string }) {
  const { title, message, requestId, canRetry } = tell(useRouteError())
  return (
    <div className="max-w-lg">
      <h1 className="text-3xl">{title}</h1>
      <p className="mt-3 text-lg text-muted">{message}</p>
      {requestId && (
        <p className="mt-4 text-sm text-muted">
          If you write to us about it, name this:{' '}
          <code className="tabular text-ink select-all">{requestId}</code>
        </p>
      )}
      <div className="mt-8 flex flex-wrap gap-3">
        {canRetry && (
          <button
            type="button"
            onClick={() => location.reload()}
            className={buttonLook({ variant: 'primary' })}
          >
            Try again
          </button>
        )}
        <Link
          to={startPage}
          reloadDocument
          className={buttonLook({ variant: canRetry ? 'secondary' : 'primary' })}
        >
          Go to the start page
        </Link>
      </div>
    </div>
  )
}

function tell(error: unknown): Told {
  if (isRouteErrorResponse(error)) {
    const body = (error.data ?? {}) as { message?: string; requestId?: string }
    if (error.status === 404) {
      return {
        title: 'Nothing here',
        message: body.message ?? 'This page doesn’t exist, or it has moved.',
        requestId: null,
        canRetry: false,
      }
    }
    if (error.status < 500) {
      return {
        title: 'This can’t be shown',
        message: body.message ?? 'The address isn’t right.',
        requestId: null,
        canRetry: false,
      }
    }
    return { ...broken, requestId: body.requestId ?? null }
  }
  if (error instanceof TypeError && typeof navigator !== 'undefined' && !navigator.onLine) {
    return {
      title: 'You’re offline',
      message: 'Check your connection, then try again. Nothing you booked is lost.',
      requestId: null,
      canRetry: true,
    }
  }
  return broken
}

const broken: Told = {
  title: 'Something went wrong on our side',
  message: 'We’ve been told about it. Please try again in a moment.',
  requestId: null,
  canRetry: true,
}
