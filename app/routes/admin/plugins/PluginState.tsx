import { CircleCheck, CirclePause, Lock, type LucideIcon, Plug, TriangleAlert } from 'lucide-react'
import type { Outputs } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import type { Tone } from '../../../components/tones.ts'

export type ListedPlugin = Outputs['plugins']['list']['plugins'][number]

const states: Record<ListedPlugin['state'], { words: string; icon: LucideIcon; tone: Tone }> = {
  always: { words: 'Always on', icon: Lock, tone: 'plain' },
  operator: { words: 'Provided for you', icon: CircleCheck, tone: 'info' },
  installed: { words: 'Not set up', icon: Plug, tone: 'plain' },
  enabled: { words: 'Enabled', icon: CircleCheck, tone: 'good' },
  failing: { words: 'Failing', icon: TriangleAlert, tone: 'bad' },
  disabled: { words: 'Switched off', icon: CirclePause, tone: 'plain' },
}

/** Whether a plugin works for this business, in words and with an icon. */
export function PluginState({ state }: Pick<ListedPlugin, 'state'>) {
  const { words, icon, tone } = states[state]
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  )
}

const purposes: Record<string, string> = {
  kinds: 'Kinds of session',
  email: 'E-mail',
  video: 'Video rooms',
  realtime: 'Live pages',
  events: 'Told of what happens',
}

/** What a plugin is for: `E-mail, Video rooms`. */
export function purposesOf({ provides }: Pick<ListedPlugin, 'provides'>): string {
  return provides.map(each => purposes[each] ?? each).join(', ')
}
