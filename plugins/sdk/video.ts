/** A session that people meet in by video. */
export interface Meeting {
  /** Unique and lasting, fit for an idempotency key; guessable by nobody. */
  ref: string
  title: string
  /** UTC: from the first date's start to the last one's end. */
  startsAt: Date
  endsAt: Date
  /** The zone the session is held by. */
  timeZone: string
}

/** A room as its provider made it. */
export interface Room {
  /** The provider's own id, given back to `move` and `remove`. */
  ref: string
  /** Where participants enter: https only. */
  joinUrl: string
  /** Where the coach enters, if that is another address. */
  hostUrl?: string
}

interface Call {
  signal: AbortSignal
}

/**
 * Makes video rooms: an adapter, called from a job and never inside a transaction. Each call may be repeated with
 * the same arguments after one whose answer was lost, and must then not make a second room.
 * Throws when it couldn't be done; the host tries again later, unless it throws `Hopeless`.
 */
export interface VideoProvider {
  create(meeting: Meeting, call: Call): Promise<Room>
  /** The session has another time or title. A room that is gone is made anew. */
  move(room: Room, meeting: Meeting, call: Call): Promise<Room>
  /**
   * The room that was made for a meeting though its answer was lost, so that it can be removed; null for none.
   * Left out where nothing is kept anywhere.
   */
  find?(meeting: Meeting, call: Call): Promise<Room | null>
  /** A room that is gone already is fine. */
  remove(room: Room, call: Call): Promise<void>
}
