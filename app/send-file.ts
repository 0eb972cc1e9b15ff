/** A file that the server keeps; one that nothing is made of within a day is removed again. */
export interface UploadedFile {
  id: string
  /** As it is kept: without path, with the ending of what it is. */
  name: string
  /** Found from its content. */
  type: string
  bytes: number
}

/** What a file is for; decides which types are taken, and how large. */
export type FilePurpose = 'logo' | 'material' | 'recording'

interface SendFile {
  purpose: FilePurpose
  /** For participants: the booking they add the file by, as its id or its manage token. */
  booking?: string | undefined
  /** Bytes that have left, of `file.size`. */
  onProgress: (sent: number) => void
  /** Ends the upload; the promise rejects with its `AbortError`, and the server keeps nothing. */
  signal: AbortSignal
}

/** What the server answered instead of keeping a file: `failureOf` reads it. */
class UploadError extends Error {
  readonly data: Record<string, unknown> | undefined

  constructor(message: string, data?: Record<string, unknown>) {
    super(message)
    this.data = data
  }
}

/** Sends a file to the server. Rejects with an error that `failureOf` reads. */
export function sendFile(
  file: File,
  { purpose, booking, onProgress, signal }: SendFile,
): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    // Not `fetch`, which tells nothing of the way.
    const request = new XMLHttpRequest()
    request.open('POST', '/files')
    request.responseType = 'json'
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name.toWellFormed()))
    request.setRequestHeader('X-Purpose', purpose)
    if (booking) request.setRequestHeader('X-Booking', booking)
    request.upload.onprogress = event => onProgress(event.loaded)
    request.onload = () => {
      const { status, response } = request
      if (status === 201 && response) resolve(response)
      else reject(new UploadError(response?.error?.message ?? '', response?.error?.data))
    }
    request.onerror = () => reject(new UploadError('The connection was lost.'))
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
