interface Place {
  to: string
  label: string
  /** Shows what the draft would do, so that the draft bar leads there. */
  isForDraft?: boolean
}

/** The pages about rules, in the order in which one gets to know them; each has its route in `pages.ts`. */
export const places: readonly Place[] = [
  { to: '/admin/rules', label: 'Basics' },
  { to: '/admin/rules/own', label: 'Rules' },
  { to: '/admin/rules/cancellation', label: 'Cancellation' },
  { to: '/admin/rules/try', label: 'Try it', isForDraft: true },
  { to: '/admin/rules/simulator', label: 'Simulator', isForDraft: true },
  { to: '/admin/rules/history', label: 'History' },
]
