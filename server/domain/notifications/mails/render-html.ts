import { type CSSProperties, createElement as h, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Detail, MailContent } from './content.ts'

/** The business's look, as mails wear it. */
export interface MailLook {
  business: string
  /** The address of its site. */
  site: string
  logoUrl: string | null
  accent: string
  /** Text on the accent that can be read. */
  accentText: string
}

const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const ink = '#1c1c1e'
const soft = '#5f6368'
const line = '#e3e3e6'

const styles = {
  page: { margin: 0, padding: '24px 12px', backgroundColor: '#f4f4f6', color: ink, fontFamily: font },
  card: {
    maxWidth: 560,
    margin: '0 auto',
    backgroundColor: '#ffffff',
    color: ink,
    borderRadius: 12,
    border: `1px solid ${line}`,
    overflow: 'hidden',
  },
  head: { padding: '20px 28px 0', fontSize: 15, fontWeight: 600, color: ink },
  body: { padding: '8px 28px 28px', fontSize: 16, lineHeight: 1.5 },
  title: { margin: '12px 0 8px', fontSize: 22, lineHeight: 1.3, fontWeight: 700, color: ink },
  paragraph: { margin: '0 0 16px' },
  quote: {
    margin: '0 0 16px',
    padding: '10px 14px',
    backgroundColor: '#f4f4f6',
    borderRadius: 8,
    whiteSpace: 'pre-line',
    overflowWrap: 'anywhere',
  },
  quoted: { fontSize: 13, color: soft, marginBottom: 4 },
  rows: {
    margin: '0 0 20px',
    padding: '4px 0',
    borderTop: `1px solid ${line}`,
    borderBottom: `1px solid ${line}`,
  },
  row: { padding: '7px 0' },
  label: { display: 'block', fontSize: 13, color: soft },
  value: { display: 'block', overflowWrap: 'anywhere' },
  small: { margin: '20px 0 0', fontSize: 13, lineHeight: 1.5, color: soft, overflowWrap: 'anywhere' },
  foot: {
    maxWidth: 560,
    margin: '16px auto 0',
    padding: '0 28px',
    fontSize: 13,
    lineHeight: 1.5,
    color: soft,
  },
  hidden: { display: 'none', maxHeight: 0, overflow: 'hidden', fontSize: 1, color: '#f4f4f6' },
} satisfies Record<string, CSSProperties>

/**
 * The mail as HTML: one column that fits a phone, its styles on the elements, since mail programs drop the rest, and
 * colours that stay readable where a program turns them dark. React escapes whatever people typed.
 */
export function renderHtml(content: MailContent, look: MailLook): string {
  const { subject, title, paragraphs, quote, details, actions, smallPrint } = content
  const page = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('title', null, subject),
    ),
    h(
      'body',
      { style: styles.page },
      h('div', { style: styles.hidden }, preheader(content)),
      h(
        'div',
        { style: { ...styles.card, borderTop: `4px solid ${look.accent}` } },
        h('div', { style: styles.head }, businessMark(look)),
        h(
          'div',
          { style: styles.body },
          h('h1', { style: styles.title }, title),
          ...paragraphs.map((text, index) => h('p', { key: index, style: styles.paragraph }, text)),
          quote &&
            h(
              'div',
              { style: styles.quote },
              h('div', { style: styles.quoted }, `${quote.from} writes`),
              quote.text,
            ),
          details && details.length > 0 && h('div', { style: styles.rows }, ...details.map(detail)),
          ...(actions ?? []).map(action => button(action, look)),
          smallPrint && h('p', { style: styles.small }, ...linked(smallPrint)),
        ),
      ),
      h(
        'div',
        { style: styles.foot },
        `${look.business} · `,
        h('a', { href: look.site, style: { color: soft } }, look.site),
      ),
    ),
  )
  return `<!doctype html>${renderToStaticMarkup(page)}`
}

/** The line that mail programs show beside the subject. */
function preheader({ paragraphs, details }: MailContent): string {
  const when = details?.find(({ label }) => label === 'When')?.value
  return [when, paragraphs[0]].filter(Boolean).join(' · ')
}

function businessMark({ business, logoUrl }: MailLook): ReactNode {
  return logoUrl
    ? h('img', {
        src: logoUrl,
        alt: business,
        height: 36,
        style: { display: 'block', maxHeight: 36, maxWidth: 220 },
      })
    : business
}

function detail({ label, value, link }: Detail): ReactNode {
  return h(
    'div',
    { key: label, style: styles.row },
    h('span', { style: styles.label }, label),
    h('span', { style: styles.value }, ...(link ? [anchor(value, link)] : linked(value))),
  )
}

function button({ label, url }: { label: string; url: string }, { accent, accentText }: MailLook): ReactNode {
  return h(
    'a',
    {
      key: url,
      href: url,
      style: {
        display: 'inline-block',
        margin: '0 8px 8px 0',
        padding: '12px 22px',
        borderRadius: 8,
        backgroundColor: accent,
        color: accentText,
        fontWeight: 600,
        textDecoration: 'none',
      },
    },
    label,
  )
}

/** Addresses in a text become links, so that a meeting can be joined from the mail. */
function linked(text: string): ReactNode[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? anchor(part, part, index) : part))
}

function anchor(address: string, words: string, key?: number): ReactNode {
  return h('a', { key, href: address, style: { color: 'inherit' } }, words)
}
