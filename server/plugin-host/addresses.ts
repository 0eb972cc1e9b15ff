import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Unreachable } from '@rapport/sdk'
import ipaddr from 'ipaddr.js'

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an address of a network is one that anybody on the internet may have, and not this machine's, this network's or reserved. */
export function isPublic(address: string): boolean {
  if (!isIP(address)) return false
  const parsed = ipaddr.process(address)
  // What carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) has ranges of its own, none of them `unicast`;
  // of IPv6, only 2000::/3 is given out at all.
  const isGiven = parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6)
  return isGiven && parsed.range() === 'unicast'
}

type Resolve = typeof systemLookup

/**
 * A `lookup` for connections that lets only public addresses through. It is asked at the moment of connecting, and
 * what it answers is what is connected to, so a name can't point elsewhere between the check and the use. A name with
 * one address that isn't public is refused as a whole.
 */
export function publicLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const inside = found.find(({ address }) => !isPublic(address))
      if (inside || found.length === 0)
        return callback(new Unreachable(`${hostname} leads to an address that plugins may not reach`), [])
      if (options.all) return callback(null, found)
      callback(null, found[0]!.address, found[0]!.family)
    })
  }
}

/** Refuses a URL whose host is written as an address that isn't public: such a one is never looked up. */
export function requirePublicLiteral({ hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) && !isPublic(address))
    throw new Unreachable(`${hostname} is an address that plugins may not reach`)
}

/** `host:port` of a URL, as operators name services of their own network in PLUGIN_ADDRESSES. */
export function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
}
