/** The pages about rules, in the order in which one gets to know them; each has its route in `pages.ts`. */
export const places = [{ to: '/admin/rules', label: 'Basics' }] as const
