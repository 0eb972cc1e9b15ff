import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { useTRPC } from '../../api.ts'
import { Banner } from '../../components/Banner.tsx'
import { Card } from '../../components/Card.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Time } from '../../components/Time.tsx'
import { failureOf } from '../../failure.ts'
import type { MailInFull } from './route.tsx'

interface MailProps {
  id: string
  seed: MailInFull | null
}

/** One mail as it would look in a mail program, as text, and its calendar entry. */
export function Mail({ id, seed }: MailProps) {
  const trpc = useTRPC()
  const { data: mail, error } = useQuery(
    trpc.mailbox.get.queryOptions(
      { id },
      { staleTime: Number.POSITIVE_INFINITY, ...(seed && { initialData: seed }) },
    ),
  )
  if (error) {
    return (
      <Banner tone="bad" role="alert" title="This mail can’t be shown">
        {failureOf(error).message}
      </Banner>
    )
  }
  if (!mail) return <Skeleton className="h-96 w-full rounded-card" />

  const parts = [
    ...(mail.html
      ? [{ id: 'html', name: 'Mail', content: <HtmlMail html={mail.html} title={mail.subject} /> }]
      : []),
    ...(mail.text ? [{ id: 'text', name: 'Text', content: <Plain text={mail.text} /> }] : []),
    ...(mail.ics ? [{ id: 'ics', name: 'Calendar entry', content: <Plain text={mail.ics} /> }] : []),
  ]
  return (
    <Card as="article" className="overflow-hidden">
      <header className="border-b border-line px-5 pt-5 pb-3 sm:px-6">
        <h2 className="text-xl break-words">{mail.subject}</h2>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm text-muted [&_dd]:truncate [&_dd]:text-ink">
          <dt>From</dt>
          <dd>{mail.from}</dd>
          <dt>To</dt>
          <dd>{mail.to}</dd>
          <dt>Sent</dt>
          <dd>
            <Time at={mail.at} />
          </dd>
        </dl>
      </header>
      <Tabs>
        <TabList aria-label="Parts of the mail" className="flex gap-5 border-b border-line px-5 sm:px-6">
          {parts.map(({ id, name }) => (
            <Tab
              key={id}
              id={id}
              className="-mb-px cursor-pointer border-b-2 border-transparent py-2.5 text-sm font-medium text-muted data-hovered:text-ink data-selected:border-accent-ink data-selected:text-ink"
            >
              {name}
            </Tab>
          ))}
        </TabList>
        {parts.map(({ id, content }) => (
          <TabPanel key={id} id={id}>
            {content}
          </TabPanel>
        ))}
      </Tabs>
    </Card>
  )
}

/** In a frame that runs no script, with links that open beside; as high as what it shows. */
function HtmlMail({ html, title }: { html: string; title: string }) {
  const [height, setHeight] = useState(480)
  const frame = useRef<HTMLIFrameElement>(null)
  const measure = () => {
    const page = frame.current?.contentDocument?.documentElement
    if (page) setHeight(page.scrollHeight)
  }
  // One that came with the page may have loaded before there was anybody to tell.
  useEffect(measure, [])
  return (
    <iframe
      title={title}
      srcDoc={`<base target="_blank">${html}`}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      onLoad={measure}
      ref={frame}
      style={{ height }}
      className="block w-full bg-white"
    />
  )
}

function Plain({ text }: { text: string }) {
  return (
    <pre className="max-h-[70dvh] overflow-auto px-5 py-4 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap break-words sm:px-6">
      {text}
    </pre>
  )
}
