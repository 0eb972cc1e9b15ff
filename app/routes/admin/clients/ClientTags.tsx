import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { inputLook } from '../../../components/Field.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'

interface ClientTagsProps {
  client: { clientId: string; name: string; tags: string[] }
  /** Tags that other clients have, to choose from while typing. */
  known: readonly string[]
}

/** The tags of one client: each can be taken away with one press, and taken back; another one is typed. */
export function ClientTags({ client, known }: ClientTagsProps) {
  const { name, tags } = client
  const [isAdding, setAdding] = useState(false)
  const { put, isPending } = usePutTags(client)

  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.length > 0 && (
        <ul aria-label={`Tags of ${name}`} className="flex flex-wrap gap-1.5">
          {tags.map(tag => (
            <li
              key={tag}
              className="inline-flex items-center rounded-full border border-line bg-sunken pl-3 text-sm"
            >
              {tag}
              <button
                type="button"
                aria-label={`Remove ${tag} from ${name}`}
                disabled={isPending}
                onClick={() => void put(tags.filter(each => each !== tag))}
                className="flex size-8 cursor-pointer items-center justify-center rounded-full text-muted hover:text-ink"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <NewTag
          name={name}
          known={known.filter(tag => !tags.includes(tag))}
          isPending={isPending}
          onAdd={async tag => {
            if (await put([...tags, tag])) setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      ) : (
        <Button size="small" aria-label={`Add a tag to ${name}`} onPress={() => setAdding(true)}>
          <Plus aria-hidden /> Tag
        </Button>
      )}
    </div>
  )
}

/** Saves tags, and offers to take the change back. Answers whether they are saved. */
function usePutTags({ clientId, name, tags: before }: ClientTagsProps['client']) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const saving = useMutation(trpc.clients.setTags.mutationOptions())

  async function put(tags: string[], words = `${name}’s tags are saved. Rules for them count at once.`) {
    try {
      await saving.mutateAsync({ clientId, tags })
      toast({ text: words, action: { label: 'Undo', onPress: () => void put(before, 'The tags are back.') } })
      return true
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
      return false
    } finally {
      await queryClient.invalidateQueries({ queryKey: trpc.clients.pathKey() })
    }
  }

  return { put, isPending: saving.isPending }
}

interface NewTagProps {
  name: string
  known: readonly string[]
  isPending: boolean
  onAdd: (tag: string) => Promise<void>
  onClose: () => void
}

function NewTag({ name, known, isPending, onAdd, onClose }: NewTagProps) {
  const [tag, setTag] = useState('')
  const list = useId()

  function submit(event: FormEvent) {
    event.preventDefault()
    if (tag.trim() !== '') void onAdd(tag.trim())
  }

  return (
    <form
      onSubmit={submit}
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
      }}
      className="flex items-center gap-1.5"
    >
      <input
        aria-label={`New tag for ${name}`}
        list={list}
        value={tag}
        maxLength={40}
        // The press that opened this field asks for it.
        ref={input => input?.focus()}
        onChange={event => setTag(event.target.value)}
        placeholder="vip"
        className={`${inputLook} w-36`}
      />
      <datalist id={list}>
        {known.map(each => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button size="small" type="submit" variant="primary" isPending={isPending}>
        Add
      </Button>
      <Button size="small" variant="quiet" onPress={onClose}>
        Cancel
      </Button>
    </form>
  )
}
