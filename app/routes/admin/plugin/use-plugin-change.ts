import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'

/** Shows all of a plugin anew, once something about it was changed. */
export function usePluginChange(): () => Promise<void> {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: trpc.plugins.pathKey() })
}
