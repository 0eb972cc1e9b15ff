import { Hopeless, Refused, Undeliverable } from '@rapport/sdk'

/**
 * Why a call came to nothing. `resting`: it wasn't made, since the ones before failed. `hopeless`: trying again can't
 * help. `undeliverable` and `refused` are answers about what was asked, and no fault of the plugin. `off`: the
 * business has switched the plugin off, or it isn't installed any more.
 */
export type FailureReason = 'failed' | 'resting' | 'hopeless' | 'undeliverable' | 'refused' | 'off'

/** What every call into a plugin throws when it came to nothing; its message is a sentence without secrets. */
export class PluginFailed extends Error {
  readonly pluginId: string
  readonly reason: FailureReason

  constructor(pluginId: string, reason: FailureReason, message: string) {
    super(message)
    this.pluginId = pluginId
    this.reason = reason
  }
}

/** What an error says of why it was thrown. Names count beside classes: a plugin may have a copy of the SDK of its own. */
export function reasonOf(error: unknown): FailureReason {
  const name = error instanceof Error ? error.name : ''
  if (error instanceof Hopeless || name === 'Hopeless') return 'hopeless'
  if (error instanceof Undeliverable || name === 'Undeliverable') return 'undeliverable'
  if (error instanceof Refused || name === 'Refused') return 'refused'
  return 'failed'
}

/** A sentence from whatever was thrown; plugins throw strings and stranger things. */
export function sentenceOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error)
    return text.trim() || 'it failed without a word'
  } catch {
    return 'it failed with something that is not an error'
  }
}

/** Where whatever was thrown came from: the lines of its stack alone. */
export function placesOf(error: unknown): string {
  try {
    const stack = error instanceof Error ? String(error.stack) : ''
    return stack
      .split('\n')
      .filter(line => /^\s+at /.test(line))
      .join('\n')
  } catch {
    return ''
  }
}
