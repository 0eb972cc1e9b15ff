import { PassThrough } from 'node:stream'
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import './context.ts'
import { NonceContext } from './nonce.ts'

/** How long a loader's promise may keep a page open, in milliseconds. */
export const streamTimeout = 5_000

/** Called with what loaders, actions and rendering throw; not with answers that they throw. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (!request.signal.aborted) context.report(error)
}

/** Streams the page: the shell as soon as it stands, or everything at once for robots. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, report }: AppLoadContext,
): Promise<Response> {
  const whole = isbot(request.headers.get('user-agent'))
  return new Promise((resolve, reject) => {
    let answered = false
    let answerStatus = status
    const send = () => {
      answered = true
      const body = new PassThrough()
      headers.set('Content-Type', 'text/html; charset=utf-8')
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answerStatus }))
      pipe(body)
    }
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={streamTimeout} />
      </NonceContext.Provider>,
      {
        nonce,
        onShellReady: () => {
          if (!whole) send()
        },
        onAllReady: () => {
          if (whole) send()
        },
        onShellError: reject,
        onError(error) {
          answerStatus = 500
          if (answered) report(error)
        },
      },
    )
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}
