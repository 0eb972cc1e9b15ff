import { Copy } from 'lucide-react'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { toast } from '../../../components/toasts.tsx'

/** Where the other system tells the plugin something. */
export function WebhookAddress({ url }: { url: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
      toast({ text: 'The address is copied.' })
    } catch {
      toast({ text: 'It couldn’t be copied. Select it and copy it yourself.', tone: 'bad' })
    }
  }
  return (
    <Panel title="Webhook address" hint="Enter it in the other system, and keep it to yourselves.">
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-64 rounded-control border border-line bg-sunken px-3 py-2.5 text-sm break-all select-all">
          {url}
        </code>
        <Button onPress={copy}>
          <Copy aria-hidden="true" />
          Copy
        </Button>
      </div>
    </Panel>
  )
}
