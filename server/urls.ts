import type { Env } from './env.ts'

/** Addresses of pages, on the apex host and on a tenant's. */
export interface Urls {
  apex(path?: string): string
  tenant(host: string, path?: string): string
  /** The host a tenant gets at sign-up: `{slug}.{base domain}`. */
  hostOf(slug: string): string
}

/** `port` is the one listened on; behind a proxy PUBLIC_PORT and PUBLIC_PROTOCOL say what clients see. */
export function createUrls(env: Env, port: number): Urls {
  const shown = env.publicPort ?? port
  const standard = env.publicProtocol === 'https' ? 443 : 80
  const address = (host: string, path: string) =>
    `${env.publicProtocol}://${host}${shown === standard ? '' : `:${shown}`}${path}`
  return {
    apex: (path = '/') => address(env.baseDomain, path),
    tenant: (host, path = '/') => address(host, path),
    hostOf: slug => `${slug}.${env.baseDomain}`,
  }
}
