import { notFoundPage } from '../loading.ts'

/** Whatever no other page answers. */
export function loader(): never {
  throw notFoundPage()
}

export default function NotFound() {
  return null
}
