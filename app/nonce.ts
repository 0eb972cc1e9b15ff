import { createContext } from 'react'

/** The nonce that this answer's scripts need; only known while rendering on the server. */
export const NonceContext = createContext<string | undefined>(undefined)
