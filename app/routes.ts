import { index, layout, type RouteConfig, route } from '@remix-run/route-config'
import { staffPages } from './routes/admin/pages.ts'

/** What anybody may open: Rapport's own pages on the apex host, a business's site on its own. */
const publicPages = layout('routes/public.tsx', [
  index('routes/home/route.tsx'),
  route('sign-up', 'routes/sign-up/route.tsx'),
  route('find', 'routes/find.tsx'),
  route('mail', 'routes/mail/route.tsx'),
  route('sign-in', 'routes/sign-in.tsx'),
  route('link/:token', 'routes/link.tsx'),
  route('reset/:token', 'routes/reset.tsx'),
  route('b/:token', 'routes/booking/route.tsx'),
  route('b/:token/join', 'routes/join/route.tsx'),
  route('b/:token/mails', 'routes/booking/no-questions.tsx'),
  route('certificates/:code', 'routes/certificate/route.tsx'),
  route(':offer', 'routes/offer/route.tsx'),
  route(':offer/:session', 'routes/session/route.tsx'),
  route('*', 'routes/not-found.tsx'),
])

/** What has no page of its own. */
const files = [
  route('sign-out', 'routes/sign-out.tsx'),
  route('b/:token/calendar.ics', 'routes/booking/calendar-file.ts'),
]

export default [publicPages, ...files, ...staffPages] satisfies RouteConfig
