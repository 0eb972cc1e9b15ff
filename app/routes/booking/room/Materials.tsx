import { Panel } from '../../../components/Panel.tsx'
import { MaterialLine } from './MaterialLine.tsx'
import type { Material } from './use-materials.ts'

interface MaterialsProps {
  materials: readonly Material[]
  token: string
}

/** What the coach prepared: to read before, to keep afterwards, and the recording (289, 290, 323). */
export function Materials({ materials, token }: MaterialsProps) {
  const parts = [
    { title: 'To prepare', phase: 'before' },
    { title: 'Afterwards', phase: 'after' },
    { title: 'Recording', phase: 'recording' },
  ].map(part => ({ ...part, lines: materials.filter(({ phase }) => phase === part.phase) }))
  const filled = parts.filter(({ lines }) => lines.length > 0)
  if (filled.length === 0) return null
  return (
    <Panel title="Materials">
      <div className="flex flex-col gap-5">
        {filled.map(({ title, phase, lines }) => (
          <div key={phase}>
            {(filled.length > 1 || phase === 'recording') && (
              <h3 className="mb-2 text-sm font-medium text-muted">{title}</h3>
            )}
            <ul className="flex flex-col gap-3">
              {lines.map(material => (
                <MaterialLine key={material.id} material={material} token={token} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Panel>
  )
}
