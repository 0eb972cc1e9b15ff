import { useState } from 'react'
import { Avatar } from '../../../components/Avatar.tsx'
import { Button } from '../../../components/Button.tsx'
import { Switch } from '../../../components/Choices.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { NameForm } from './NameForm.tsx'
import type { Room } from './use-room.ts'
import { useShownAs } from './use-shown-as.ts'

interface ParticipantsProps {
  room: Room
  token: string
}

/** Who takes part, as far as they want to be seen; one's own name only after opting in (292, C45). */
export default function Participants({ room, token }: ParticipantsProps) {
  const [isNaming, setNaming] = useState(false)
  const { choose, isPending, problem } = useShownAs(token)
  const { shownAs } = room.me
  const first = room.seats[0]?.name?.split(/\s+/)[0] ?? 'Guest'
  const participants = room.participants ?? []
  return (
    <Panel title="Who takes part">
      {participants.length > 0 && (
        <ul className="mb-4 flex flex-wrap gap-x-5 gap-y-2.5">
          {participants.map(({ name }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same name
            <li key={`${name} ${index}`} className="flex min-w-0 items-center gap-2">
              <Avatar name={name} size="small" />
              <span className="min-w-0 wrap-anywhere">{name}</span>
            </li>
          ))}
        </ul>
      )}
      {isNaming ? (
        <NameForm
          name={shownAs ?? first}
          problem={problem}
          isPending={isPending}
          onSave={name => choose(name, () => setNaming(false))}
          onClose={() => setNaming(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <Switch
            label={shownAs ? `You’re shown as ${shownAs}` : 'Show me to the others'}
            hint={shownAs ? undefined : `As ${first}, until you choose another name.`}
            isSelected={shownAs !== null}
            onChange={isOn => choose(isOn ? first : null)}
          />
          {shownAs && (
            <Button size="small" variant="quiet" onPress={() => setNaming(true)}>
              Change name
            </Button>
          )}
        </div>
      )}
      {problem && !isNaming && (
        <p role="alert" className="mt-2 text-sm font-medium text-bad">
          {problem}
        </p>
      )}
    </Panel>
  )
}
