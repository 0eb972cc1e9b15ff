import type { Detail } from './content.ts'

/** The way into the video room. */
export function joinRow(address: string): Detail {
  return { label: 'Join', value: address, link: 'Join by video' }
}
