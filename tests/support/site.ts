// Where the product of this run of the browser tests is to be found.

/** The port it listens on. */
export function testPort(): number {
  return Number(process.env.RAPPORT_TEST_PORT)
}

/** A page on the apex host, where Rapport is explained and businesses sign up. */
export function apex(path = '/'): string {
  return `http://localhost:${testPort()}${path}`
}

/** A page on a business's own host; `aurora` is the demo's. Another product of a test's own has another port. */
export function site(slug: string, path = '/', port = testPort()): string {
  return `http://${slug}.localhost:${port}${path}`
}
