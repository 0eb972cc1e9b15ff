import { Badge } from '../../../components/Badge.tsx'
import { useNow } from '../../../components/use-now.ts'
import { useView } from '../../../view.tsx'
import { stateInWords } from './state-words.ts'

/** `6 of 8 needed, decided Mon, 3 May`, `Will be held`, `Cancelled`. */
export function StateBadge({ session }: { session: Parameters<typeof stateInWords>[0] }) {
  const { formats } = useView()
  const { words, detail, tone, icon } = stateInWords(session, formats, useNow())
  return (
    <Badge tone={tone} icon={icon}>
      <span suppressHydrationWarning>
        {words}
        {detail && `, ${detail}`}
      </span>
    </Badge>
  )
}
