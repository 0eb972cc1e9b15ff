import { useMutation } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { failureOf } from '../../../failure.ts'
import { MaterialLine } from './MaterialLine.tsx'
import type { useMaterials } from './use-materials.ts'

const AddShared = lazy(() => import('./AddShared.tsx'))

interface SharedProps {
  shared: ReturnType<typeof useMaterials>
  token: string
}

/** Links and files that participants give one another (293). */
export function Shared({ shared: { materials, refetch }, token }: SharedProps) {
  const trpc = useTRPC()
  const [isAdding, setAdding] = useState(false)
  const remove = useMutation(trpc.materials.remove.mutationOptions({ onSuccess: () => refetch() }))
  const lines = materials.filter(({ phase }) => phase === 'shared')
  return (
    <Panel
      title="Shared by you all"
      actions={
        <Button size="small" onPress={() => setAdding(true)}>
          <Plus aria-hidden="true" />
          Add
        </Button>
      }
    >
      {lines.length === 0 ? (
        <p className="text-muted">Nothing yet. A link or a file that helps the others goes here.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {lines.map(material => (
            <MaterialLine
              key={material.id}
              material={material}
              token={token}
              detail={material.mayRemove ? 'by you' : material.addedBy && `by ${material.addedBy}`}
              action={
                material.mayRemove && (
                  <Button
                    size="small"
                    variant="quiet"
                    aria-label={`Remove ${material.title}`}
                    isPending={remove.isPending && remove.variables.id === material.id}
                    onPress={() => remove.mutate({ id: material.id, handle: { token } })}
                    className="!px-2 text-muted"
                  >
                    <Trash2 aria-hidden="true" />
                  </Button>
                )
              }
            />
          ))}
        </ul>
      )}
      {remove.isError && (
        <p role="alert" className="mt-3 text-sm font-medium text-bad">
          {failureOf(remove.error).message}
        </p>
      )}
      <Suspense>
        {isAdding && (
          <AddShared
            token={token}
            onClose={() => setAdding(false)}
            onAdded={() => {
              setAdding(false)
              void refetch()
            }}
          />
        )}
      </Suspense>
    </Panel>
  )
}
