import type { LoaderFunctionArgs } from '@remix-run/node'
import { load } from '../../loading.ts'

/** The session as a file for any calendar. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { filename, content } = await load(context, request, () =>
    context.api.bookings.calendarFile({ token: params.token! }),
  )
  return new Response(content, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${filename}"`,
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    },
  })
}
