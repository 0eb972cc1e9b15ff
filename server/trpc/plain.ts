/** What JSON makes of a value: instants are ISO strings. */
export type Plain<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T

/** The value as JSON has it, so that callers in the same process get what callers over HTTP get. */
export function plain<T>(value: T): Plain<T> {
  return JSON.parse(JSON.stringify(value))
}
