import type { Outputs } from '../../../../api.ts'
import { Panel } from '../../../../components/Panel.tsx'

type Sentence = Outputs['coaches']['settings']['sentences'][number]

interface ReadingProps {
  /** What counts now. */
  saved: readonly Sentence[]
  /** What would count with the changes; the same where there are none. */
  changed: readonly Sentence[]
  isChanged: boolean
}

/** The settings read out; what a change would take away and bring is marked in its place. */
export function Reading({ saved, changed, isChanged }: ReadingProps) {
  const isIn = (list: readonly Sentence[], { sentence }: Sentence) =>
    list.some(other => other.sentence === sentence)
  const abouts = [...new Set([...saved, ...changed].map(({ about }) => about))]
  return (
    <Panel
      title="How it reads"
      hint={isChanged ? 'With your changes, once they are saved.' : 'As it counts now.'}
      className="order-first lg:sticky lg:top-8 lg:order-none"
    >
      <ul aria-live="polite" className="flex list-disc flex-col gap-2 pl-5 marker:text-accent-ink">
        {abouts.flatMap(about => [
          ...saved
            .filter(each => each.about === about && !isIn(changed, each))
            .map(({ sentence }) => (
              <li key={sentence} className="text-muted">
                <span className="sr-only">No longer: </span>
                <del>{sentence}</del>
              </li>
            )),
          ...changed
            .filter(each => each.about === about)
            .map(each => (
              <li key={each.sentence}>
                {isIn(saved, each) ? (
                  each.sentence
                ) : (
                  <>
                    <span className="sr-only">New: </span>
                    <ins className="rounded bg-accent-soft box-decoration-clone px-1 font-medium no-underline">
                      {each.sentence}
                    </ins>
                  </>
                )}
              </li>
            )),
        ])}
      </ul>
    </Panel>
  )
}
