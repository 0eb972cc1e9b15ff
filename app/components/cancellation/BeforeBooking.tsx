import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Inputs, useTRPC } from '../../api.ts'
import { useView } from '../../view.tsx'
import { Sentences } from './Sentences.tsx'
import { cancelInShort } from './words.ts'

/** What cancelling would cost, said before it is booked (067). Its place is kept while it loads, so that nothing moves. */
export function BeforeBooking({ about }: { about: Inputs['offers']['cancellation'] }) {
  const trpc = useTRPC()
  const { formats } = useView()
  const { data } = useQuery(
    trpc.offers.cancellation.queryOptions(about, { placeholderData: keepPreviousData }),
  )
  return (
    <div className="min-h-18 min-w-0 text-[0.9375rem]">
      {data && (
        <>
          <p suppressHydrationWarning>{cancelInShort(data, formats)}</p>
          <Sentences title="Terms of cancelling" sentences={data.sentences} />
        </>
      )}
    </div>
  )
}
