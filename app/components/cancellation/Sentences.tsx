interface SentencesProps {
  title: string
  sentences: readonly string[]
}

/** The terms in full, for those who want to read them: opens without scripts. */
export function Sentences({ title, sentences }: SentencesProps) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded py-1 text-muted underline underline-offset-2 hover:text-ink">
        {title}
      </summary>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-muted">
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  )
}
