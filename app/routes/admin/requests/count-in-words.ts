import type { Request } from './RequestCard.tsx'

/** `2 requests and one wish to move, most urgent first; one client asks to connect.` */
export function countInWords(requests: readonly Request[], askingToConnect: number): string {
  const moves = requests.filter(({ move }) => move !== null).length
  const fresh = requests.length - moves
  const connections =
    askingToConnect === 1 ? 'one client asks to connect' : `${askingToConnect} clients ask to connect`
  if (requests.length === 0) return askingToConnect === 0 ? 'No requests.' : `${sentence(connections)}.`
  const parts = [
    fresh > 0 && `${fresh} ${fresh === 1 ? 'request' : 'requests'}`,
    moves > 0 && `${moves} ${moves === 1 ? 'wish' : 'wishes'} to move`,
  ]
  const bookings = `${parts.filter(Boolean).join(' and ')}, most urgent first`
  return askingToConnect === 0 ? `${bookings}.` : `${bookings}; ${connections}.`
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
