import type { MailContent } from './content.ts'
import type { MailLook } from './render-html.ts'

/** The mail as plain text, for programs and people that want no HTML. */
export function renderText(
  { title, paragraphs, quote, details, actions, smallPrint }: MailContent,
  { business, site }: MailLook,
) {
  const blocks = [
    title,
    ...paragraphs,
    quote && `${quote.from} writes:\n${quote.text.replace(/^/gm, '> ')}`,
    details?.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    actions?.map(({ label, url }) => `${label}:\n${url}`).join('\n\n'),
    smallPrint,
    `-- \n${business}\n${site}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}
