import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
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
  const box = useRef<HTMLDivElement>(null)
  const [isAdding, setAdding] = useState(false)
  const { put, isPending } = usePutTags(client)

  /** What was pressed is gone, so the keyboard goes on where tags are added. */
  function endAdding() {
    flushSync(() => setAdding(false))
    box.current?.querySelector<HTMLElement>('[data-adder]')?.focus()
  }

  return (
    <div ref={box} className="flex flex-wrap items-center gap-1.5">
      {tags.length > 0 && (
        <ul aria-label={`Tags of ${name}`} className="flex flex-wrap gap-1.5">
          {tags.map(tag => (
            <li
              key={tag}
              className="inline-flex items-center rounded-full border border-line bg-sunken pl-3 text-sm wrap-anywhere"
            >
              {tag}
              <button
                type="button"
                aria-label={`Remove ${tag} from ${name}`}
                aria-disabled={isPending}
                onClick={async () => {
                  if (isPending) return
                  const others = tags.filter(each => each !== tag)
                  if (await put(others, `${name} is no longer tagged “${tag}”.`)) endAdding()
                }}
                className="flex size-8 shrink-0 cursor-pointer items-center justify-center rounded-full text-muted hover:text-ink"
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
            if (await put([...tags, tag], `${name} is tagged “${tag}”. Rules for the tag count at once.`))
              endAdding()
          }}
          onClose={endAdding}
        />
      ) : (
        <Button size="small" aria-label={`Add a tag to ${name}`} data-adder onPress={() => setAdding(true)}>
          <Plus aria-hidden /> Tag
        </Button>
      )}
    </div>
  )
}

/** Undo puts all tags back as they were, so only the last change offers it. */
let takeAwayLast = () => {}

/** Saves tags, and offers to take the change back. Answers whether they are saved. */
function usePutTags({ clientId, name, tags: before }: ClientTagsProps['client']) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const saving = useMutation(trpc.clients.setTags.mutationOptions())

  async function save(tags: string[]): Promise<boolean> {
    try {
      await saving.mutateAsync({ clientId, tags })
      return true
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
      return false
    } finally {
      await queryClient.invalidateQueries({ queryKey: trpc.clients.pathKey() })
    }
  }

  async function put(tags: string[], words: string): Promise<boolean> {
    takeAwayLast()
    const isSaved = await save(tags)
    if (isSaved)
      takeAwayLast = toast({ text: words, action: { label: 'Undo', onPress: () => void putBack() } })
    return isSaved
  }

  async function putBack() {
    if (await save(before)) toast({ text: `${name}’s tags are as they were.` })
  }

  return { put, isPending: saving.isPending }
}

/** The press that opened the field asks for it. */
function focusOnceThere(input: HTMLInputElement | null): void {
  input?.focus()
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
      className="flex flex-wrap items-center gap-1.5"
    >
      <input
        aria-label={`New tag for ${name}`}
        list={list}
        value={tag}
        maxLength={40}
        ref={focusOnceThere}
        onChange={event => setTag(event.target.value)}
        placeholder="VIP"
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
