import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { notFoundPage } from '../loading.ts'

export function loader() {
  return redirect('/')
}

export async function action({ context }: ActionFunctionArgs) {
  if (!context.tenant) throw notFoundPage()
  await context.api.auth.signOut()
  return redirect('/')
}
