import { buildPages, pagesAreStale } from './pages.ts'
import { run } from './run.ts'
import { step } from './steps.ts'

await run(async () => {
  if (await pagesAreStale()) await step('Build the pages', buildPages)
  else console.log('The pages are up to date.')
})
