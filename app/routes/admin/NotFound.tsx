import { notFoundPage } from '../../loading.ts'

export function loader() {
  throw notFoundPage()
}

export default function NotFound() {
  return null
}
