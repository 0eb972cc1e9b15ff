import { index, layout, route } from '@remix-run/route-config'

/** What the people who work here may open, on their business's own host. */
export const staffPages = [
  route('admin/set-up', 'routes/admin/set-up/route.tsx'),
  route('admin', 'routes/admin/shell.tsx', [
    layout('routes/admin/StaffPage.tsx', [
      index('routes/admin/calendar/route.tsx'),
      route('requests', 'routes/admin/requests/route.tsx'),
      route('bookings', 'routes/admin/bookings/route.tsx'),
      route('bookings/:id', 'routes/admin/booking/route.tsx'),
      route('sessions', 'routes/admin/sessions/route.tsx'),
      route('sessions/new', 'routes/admin/new-session/route.tsx'),
      route('sessions/:id', 'routes/admin/session/route.tsx'),
      route('sessions/:id/join', 'routes/admin/session/join.tsx'),
      route('check-in/:token', 'routes/admin/check-in/route.tsx'),
      route('clients', 'routes/admin/clients/route.tsx'),
      route('offers', 'routes/admin/offers/route.tsx'),
      route('offers/:id', 'routes/admin/offer/route.tsx'),
      route('hours', 'routes/admin/hours/route.tsx'),
      route('rules', 'routes/admin/rules/frame.tsx', [
        index('routes/admin/rules/basics/route.tsx'),
        route('own', 'routes/admin/rules/own/route.tsx'),
        route('cancellation', 'routes/admin/rules/cancellation/route.tsx'),
        route('try', 'routes/admin/rules/try/route.tsx'),
        route('simulator', 'routes/admin/rules/simulator/route.tsx'),
        route('history', 'routes/admin/rules/history/route.tsx'),
      ]),
      route('rules/own/:id', 'routes/admin/rules/rule/route.tsx'),
      route('plugins', 'routes/admin/plugins/route.tsx'),
      route('plugins/:id', 'routes/admin/plugin/route.tsx'),
      route('business', 'routes/admin/business/route.tsx'),
      route('mails', 'routes/admin/mails.tsx'),
      route('*', 'routes/admin/NotFound.tsx'),
    ]),
  ]),
]
