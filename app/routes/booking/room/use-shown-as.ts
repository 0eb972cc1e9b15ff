import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { failureOf } from '../../../failure.ts'
import { useRoomPatch } from './use-room.ts'

/** Chooses the name that the others see, or none; shown at once, and taken back should that fail (C45). */
export function useShownAs(token: string) {
  const trpc = useTRPC()
  const { patch, refresh } = useRoomPatch(token)
  const save = useMutation(
    trpc.sessions.showMe.mutationOptions({
      onMutate: ({ shownAs }) => patch(room => ({ ...room, me: { ...room.me, shownAs } })),
      onError: (_, __, takeBack) => takeBack?.(),
      onSettled: refresh,
    }),
  )
  return {
    choose: (shownAs: string | null, onDone?: () => void) =>
      save.mutate({ handle: { token }, shownAs }, { onSuccess: onDone }),
    isPending: save.isPending,
    problem: save.isError ? failureOf(save.error).message : null,
  }
}
