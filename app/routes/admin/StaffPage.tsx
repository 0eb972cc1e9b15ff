import { Outlet } from '@remix-run/react'
import { ErrorMessage } from '../../components/ErrorPage.tsx'

/** Around every staff page, so that one that fails leaves the way around in place. */
export default function StaffPage() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorMessage startPage="/admin" />
}
