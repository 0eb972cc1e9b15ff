import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { useTRPC } from '../../../../api.ts'
import { FieldFrame, inputLook } from '../../../../components/Field.tsx'
import { optionLook } from '../../../../components/Select.tsx'

interface ClientFieldProps {
  /** Empty while none is chosen. */
  clientId: string
  /** What the one who was chosen before is called. */
  name: string | null
  error: string | null
  onChange: (clientId: string) => void
}

/** One of the clients, found by a part of the name or address. */
export function ClientField({ clientId, name, error, onChange }: ClientFieldProps) {
  const trpc = useTRPC()
  const [words, setWords] = useState(name ?? '')
  const [chosenName, setChosenName] = useState(name ?? '')
  const asked = useDeferredValue(words === chosenName ? '' : words.trim())
  const { data } = useQuery({
    ...trpc.clients.list.queryOptions({ query: asked || undefined }),
    placeholderData: keepPreviousData,
  })

  return (
    <ComboBox
      items={data?.clients ?? []}
      inputValue={words}
      onInputChange={text => {
        setWords(text)
        if (clientId && text !== chosenName) onChange('')
      }}
      selectedKey={clientId || null}
      onSelectionChange={key => {
        const client = data?.clients.find(each => each.clientId === key)
        if (!client) return
        setWords(client.name)
        setChosenName(client.name)
        onChange(client.clientId)
      }}
      menuTrigger="focus"
      allowsEmptyCollection
      validationBehavior="aria"
      isInvalid={error !== null}
      className="flex flex-col gap-1.5"
    >
      <FieldFrame label="Client" error={error}>
        <Input placeholder="Search by name or address" className={inputLook} />
      </FieldFrame>
      <Popover className="w-(--trigger-width) min-w-64 animate-enter overflow-auto rounded-control border border-line bg-surface p-1 shadow-raised">
        <ListBox
          renderEmptyState={() => <p className="px-3 py-4 text-muted">No client matches.</p>}
          className="outline-none"
        >
          {(client: NonNullable<typeof data>['clients'][number]) => (
            <ListBoxItem id={client.clientId} textValue={client.name} className={optionLook}>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{client.name}</span>
                <span className="block truncate text-sm text-muted">{client.email}</span>
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
