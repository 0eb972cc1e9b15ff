import { Fragment } from 'react'

const link = /https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g

/** What somebody wrote, as plain text; only https addresses in it can be followed. */
export function PostText({ text }: { text: string }) {
  const links = [...text.matchAll(link)]
  const between = text.split(link)
  return (
    <p className="wrap-anywhere whitespace-pre-line">
      {between.map((words, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never change places
        <Fragment key={index}>
          {words}
          {links[index] && (
            <a
              href={links[index][0]}
              target="_blank"
              rel="noreferrer nofollow ugc"
              className="rounded-sm font-medium text-accent-ink underline underline-offset-2"
            >
              {links[index][0]}
            </a>
          )}
        </Fragment>
      ))}
    </p>
  )
}
