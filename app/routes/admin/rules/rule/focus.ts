/** Brings whoever added a line to its first choice. */
export function focusNewest(group: HTMLElement | null): void {
  group?.querySelector<HTMLElement>(':scope > ul > li:last-child select')?.focus()
}

/** Where to go on after a line is gone: the button that adds one to the group it was in. */
export function focusAdder(group: Element | null | undefined): void {
  group?.querySelector<HTMLElement>(':scope > div > [data-adder]')?.focus()
}
