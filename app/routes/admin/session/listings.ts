/** Who may see and book a session (C35). */
export const listings = [
  { id: 'public' as const, label: 'Everybody', detail: 'It is on your page.' },
  { id: 'unlisted' as const, label: 'Whoever has the link', detail: 'It isn’t listed on your page.' },
  {
    id: 'connected' as const,
    label: 'Connected clients',
    detail: 'They see and book it while they are signed in.',
  },
  {
    id: 'private' as const,
    label: 'Those I invite',
    detail: 'You book seats for them, or send them your personal link.',
  },
]
