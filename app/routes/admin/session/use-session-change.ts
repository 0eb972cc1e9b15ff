import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'

/** What every change of a session does once it is answered: fetches what shows it, and says what happened. */
export function useSessionChange() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()

  async function refresh() {
    void queryClient.invalidateQueries({ queryKey: trpc.calendar.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.bookings.pathKey() })
    await queryClient.invalidateQueries({ queryKey: trpc.sessions.pathKey() })
  }

  return {
    async changed(text: string) {
      await refresh()
      toast({ text })
    },
    /** The session may have changed under our hands, so it is fetched anew. */
    refused(error: unknown) {
      void refresh()
      toast({ text: failureOf(error).message, tone: 'bad' })
    },
  }
}
