import { breakCutShort } from '../mails/break-mail.ts'
import { limitWarning } from '../mails/limit-mail.ts'
import type { Notice } from '../notices/find-notice.ts'
import type { Business, Draft, DueMessage, MailRoom } from './draft.ts'

/** To a coach, about the own calendar. */
export function noticeDraft(
  { person, notice }: DueMessage & { notice: Notice },
  { urls }: MailRoom,
  { host }: Business,
): Draft {
  const noMoreNotices = urls.tenant(host, '/admin/mails')
  const { coach, fullness, breach } = notice
  const page = (path: string) => urls.tenant(host, path)
  return {
    content: fullness
      ? limitWarning({ coach, fullness, page, noMoreNotices })
      : breakCutShort({ coach, breach: breach!, page, noMoreNotices }),
    to: person,
    headers: { 'List-Unsubscribe': `<${noMoreNotices}>` },
  }
}
