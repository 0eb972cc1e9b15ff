import { isIPv6 } from 'node:net'

/**
 * What of a network address says who somebody is: an IPv4 address as it is, of an IPv6 address its /64, since
 * whoever has one has 2^64 of them.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const end = tail ? tail.split(':') : []
  const missing = tail === undefined ? [] : Array(8 - groups.length - end.length).fill('0')
  return [...groups, ...missing, ...end].slice(0, 4).join(':')
}
