import { CalendarSearch, MessageCircleQuestion } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import type { Booking } from '../booking/route.tsx'
import { AskDialog } from './AskDialog.tsx'
import { EarlierSuggestions } from './EarlierSuggestions.tsx'
import { FurtherChoices } from './FurtherChoices.tsx'
import { Questions } from './Questions.tsx'
import { Rivals } from './Rivals.tsx'
import { SuggestDialog } from './SuggestDialog.tsx'
import { Suggestions } from './Suggestions.tsx'

/** What coach and client say to each other about the time: other times, questions, answers. */
export function ConversationPanel({ booking }: { booking: Booking }) {
  const { can, client, proposals, questions } = booking
  const [dialog, setDialog] = useState<'suggest' | 'ask' | null>(null)
  const close = () => setDialog(null)
  const isSilent = proposals.length === 0 && questions.length === 0
  if (isSilent && !can.propose && !can.ask) return null
  return (
    <Panel
      title={`With ${client.name}`}
      hint={isSilent ? 'If the time doesn’t suit you, or you need to know more first.' : undefined}
    >
      <div className="flex flex-col gap-4">
        <Rivals booking={booking} />
        <FurtherChoices booking={booking} />
        <Suggestions booking={booking} />
        <EarlierSuggestions booking={booking} />
        <Questions booking={booking} />
        {(can.propose || can.ask) && (
          <div className="flex flex-wrap gap-2">
            {can.propose && (
              <Button onPress={() => setDialog('suggest')}>
                <CalendarSearch aria-hidden="true" />
                Suggest other times
              </Button>
            )}
            {can.ask && (
              <Button onPress={() => setDialog('ask')}>
                <MessageCircleQuestion aria-hidden="true" />
                Ask a question
              </Button>
            )}
          </div>
        )}
      </div>
      {dialog === 'suggest' && <SuggestDialog booking={booking} onClose={close} />}
      {dialog === 'ask' && <AskDialog booking={booking} onClose={close} />}
    </Panel>
  )
}
