// Where the product of this run of the browser tests is to be found.

const port = () => process.env.RAPPORT_TEST_PORT

/** A page on the apex host, where Rapport is explained and businesses sign up. */
export function apex(path = '/'): string {
  return `http://localhost:${port()}${path}`
}

/** A page on a business's own host; `aurora` is the demo's. */
export function site(slug: string, path = '/'): string {
  return `http://${slug}.localhost:${port()}${path}`
}
