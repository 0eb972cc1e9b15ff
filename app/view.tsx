import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { type Formats, formatsFor } from './formats.ts'
import { browserZone, readZone, rememberZone } from './zone.ts'

interface View {
  /** For Intl: English with the visitor's regional habits, such as `en-DE`. */
  locale: string
  /** IANA zone that times are shown in. */
  zone: string
  /** Shows times in another zone from now on, and remembers it. */
  setZone(zone: string): void
  /** Dates, times and money in words, in that locale and zone. */
  formats: Formats
}

const ViewContext = createContext<View | null>(null)

interface ViewProviderProps {
  locale: string
  zone: string
  children: ReactNode
}

/** How this visitor sees times: in the zone they chose, else their browser's, known from the second page on. */
export function ViewProvider({ locale, zone: initialZone, children }: ViewProviderProps) {
  const [zone, setZone] = useState(initialZone)

  useEffect(() => {
    const isNamed = new URLSearchParams(location.search).has('zone')
    if (isNamed || readZone(document.cookie)?.chosen) return
    const detected = browserZone()
    rememberZone({ zone: detected, chosen: false })
    // Parts of the page that still load their code hydrate first.
    startTransition(() => setZone(detected))
  }, [])

  const view = useMemo<View>(
    () => ({
      locale,
      zone,
      setZone(chosen) {
        rememberZone({ zone: chosen, chosen: true })
        setZone(chosen)
      },
      formats: formatsFor(locale, zone),
    }),
    [locale, zone],
  )
  return <ViewContext.Provider value={view}>{children}</ViewContext.Provider>
}

export function useView(): View {
  const view = useContext(ViewContext)
  if (!view) throw new Error('useView needs a ViewProvider above it')
  return view
}
