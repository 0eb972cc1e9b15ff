import { randomBytes } from 'node:crypto'
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { Refusal } from '../refusal.ts'

const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What an unknown address is checked against, so that it takes as long as a known one. */
const decoy = hash(randomBytes(32), COST)

/** The least a password must have; with argon2id behind it, length is what counts. */
export const SHORTEST_PASSWORD = 10

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

/** Takes equally long where there is no such person or no password, and says no. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoy), password)
  return passwordHash !== null && matches
}

/** Refuses a password that others would try first; `known` is what they know: name, address, business. */
export function requireGoodPassword(password: string, known: readonly string[]): void {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const guesses = known.flatMap(text => [plain(text), plain(text.split('@')[0]!)])
  const isGuessable = guesses.includes(plain(password)) || new Set(password).size < 4
  if (password.length >= SHORTEST_PASSWORD && !isGuessable) return
  const message = isGuessable
    ? 'Please choose a password that isn’t your name or address, or one character over and over.'
    : `Please choose a password of at least ${SHORTEST_PASSWORD} characters.`
  throw new Refusal('input', 'WEAK_PASSWORD', message, { field: 'password' })
}
