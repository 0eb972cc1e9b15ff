import { createContext, useContext } from 'react'
import type { FactWord } from '../policy.ts'
import type { Group } from './query.ts'

export interface Words {
  facts: readonly FactWord[]
  tags: readonly string[]
  currency: string
  /** All lines, to know how deep a group may go. */
  root: Group
  /** Whether lines without a value are pointed out. */
  showsUnfinished: boolean
}

const WordsContext = createContext<Words | null>(null)

export const WordsProvider = WordsContext.Provider

/** What conditions can be made of, for the controls inside the query builder. */
export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useWords needs a WordsProvider above it')
  return words
}
