import { useSearchParams } from '@remix-run/react'
import { isDate, isMonth, type Month, monthOf } from '../../components/slot-picker/months.ts'

/** What of a booking lies in the address, so that going back works and links can be shared. */
export interface Choices {
  /** Slug of a coach; null for anyone. */
  coach: string | null
  /** The day whose times are shown; null for the first free one. */
  day: string | null
  /** The month on view; null for the first with free times. */
  month: Month | null
  /** Start of the time that was picked: its details are being filled in. */
  at: string | null
  /** Token of a coach's personal link (015). */
  invite: string | null
}

export function readChoices(search: URLSearchParams): Choices {
  const day = search.get('date')
  const month = search.get('month')
  const at = search.get('at')
  return {
    coach: search.get('coach'),
    day: isDate(day) ? day : null,
    month: isMonth(month) ? month : isDate(day) ? monthOf(day) : null,
    at: at && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : null,
    invite: search.get('invite'),
  }
}

/** Reads the choices from the address and changes them there; only picking a time makes a step to go back from. */
export function useChoices() {
  const [search, setSearch] = useSearchParams()

  function change(changes: Record<string, string | null>, options: { step?: boolean } = {}) {
    setSearch(
      before => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) after.delete(name)
          else after.set(name, value)
        }
        return after
      },
      { replace: !options.step, preventScrollReset: !options.step },
    )
  }

  return {
    choices: readChoices(search),
    showMonth: (month: Month) => change({ month, date: null }),
    showDay: (date: string) => change({ date, month: null }),
    chooseCoach: (coach: string | null) => change({ coach }),
    rememberZone: (zone: string) => change({ zone }),
    pick: (at: string) => change({ at }, { step: true }),
    /** Another time in place of one that was lost, perhaps another coach's. */
    pickInstead: (at: string, coach: string | null) => change(coach ? { at, coach } : { at }),
    unpick: () => change({ at: null }),
  }
}
