/** What a connection hears, for all topics that it follows. */
export interface Hearing {
  /** What versions the topics have now: whoever has seen others missed something. */
  hello(versions: Record<string, string>): void
  /** A topic changed, `*` for all of them. */
  hint(topic: string): void
}

/** A connection by which one tab hears of changes; it comes back by itself when it breaks. */
export interface Source {
  /** From now on these topics and no others; none closes it. */
  follow(topics: string[]): void
}

/** The provider that a business's pages connect to. */
export interface Provider {
  client: string
  settings: Record<string, string | number | boolean>
}
