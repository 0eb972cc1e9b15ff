import { Check, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { SearchField } from 'react-aria-components/SearchField'
import { useView } from '../view.tsx'
import { browserZone, formerName, zoneCity, zoneInWords, zoneNow } from '../zone.ts'
import { Dialog } from './Dialog.tsx'
import { inputLook } from './Field.tsx'
import { optionLook } from './Select.tsx'

interface TimeZoneDialogProps {
  zone: string
  /** Shown first, such as the coach's zone. */
  suggestions?: string[]
  onChoose: (zone: string) => void
  onClose: () => void
}

/** All zones of the browser, searched by city, region or offset. */
export default function TimeZoneDialog({ zone, suggestions = [], onChoose, onClose }: TimeZoneDialogProps) {
  const { formats } = useView()
  const [words, setWords] = useState('')
  const zones = useMemo(() => {
    const first = [zone, browserZone(), ...suggestions]
    const now = new Date()
    const all = [...first, ...Intl.supportedValuesOf('timeZone'), 'UTC']
    return [...new Set(all.map(zoneNow))].map(id => {
      const { offset, time } = formats.in(id)
      const place = { id, city: zoneCity(id), region: regionOf(id), offset: offset(now), time: time(now) }
      return { ...place, text: `${zoneInWords(id)} ${id} ${formerName(id)} ${place.offset}`.toLowerCase() }
    })
  }, [zone, suggestions, formats])
  const sought = words.trim().toLowerCase()
  const found = zones.filter(({ text }) => text.includes(sought)).slice(0, sought ? 60 : zones.length)

  return (
    <Dialog title="Time zone" isOpen onClose={onClose}>
      <Autocomplete inputValue={words} onInputChange={setWords}>
        <SearchField aria-label="Search for a city or region" autoFocus className="relative mb-3">
          <Search aria-hidden="true" className="absolute top-3.5 left-3 size-4 text-muted" />
          <Input
            placeholder="Search for a city"
            className={`${inputLook} pl-9 [&::-webkit-search-cancel-button]:hidden`}
          />
        </SearchField>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard can scroll it, also where focus stays in the search */}
        <div tabIndex={0} className="h-[min(24rem,50dvh)] overflow-y-auto rounded-md">
          <ListBox
            aria-label="Time zones"
            items={found}
            selectionMode="single"
            selectedKeys={[zoneNow(zone)]}
            onSelectionChange={keys => {
              const [chosen] = keys as Set<string>
              if (chosen) onChoose(chosen)
              onClose()
            }}
            renderEmptyState={() => (
              <p className="px-3 py-6 text-center text-muted">No zone has that name.</p>
            )}
            className="outline-none"
          >
            {({ id, city, region, offset, time }) => (
              <ListBoxItem id={id} textValue={`${city}, ${region}`} className={optionLook}>
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{city}</span>
                  <span className="block text-sm text-muted">
                    {region} · {offset}
                  </span>
                </span>
                <span className="tabular text-sm text-muted">{time}</span>
                <Check
                  aria-hidden="true"
                  className="invisible size-4 text-accent-ink in-data-selected:visible"
                />
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </Autocomplete>
    </Dialog>
  )
}

function regionOf(zone: string): string {
  const [region = zone] = zone.split('/')
  return region
}
