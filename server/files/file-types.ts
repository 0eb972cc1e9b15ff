import type { FilePurpose } from '#server/domain/files/purposes.ts'

/** A type of file that Rapport keeps. */
export interface FileType {
  /** The media type it is served with. */
  type: string
  /** How its names end, the usual one first. */
  endings: readonly [string, ...string[]]
  family: 'image' | 'media' | 'pdf' | 'office' | 'archive' | 'text'
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN = 'application/vnd.oasis.opendocument'

/** All that is taken. What a browser could run, such as HTML and SVG, is not, nor are documents with macros. */
const kept: readonly FileType[] = [
  { type: 'application/pdf', endings: ['.pdf'], family: 'pdf' },
  { type: 'image/png', endings: ['.png'], family: 'image' },
  { type: 'image/jpeg', endings: ['.jpg', '.jpeg'], family: 'image' },
  { type: 'image/webp', endings: ['.webp'], family: 'image' },
  { type: 'image/gif', endings: ['.gif'], family: 'image' },
  { type: 'audio/mpeg', endings: ['.mp3'], family: 'media' },
  { type: 'audio/mp4', endings: ['.m4a'], family: 'media' },
  { type: 'audio/ogg', endings: ['.ogg', '.oga', '.opus'], family: 'media' },
  { type: 'video/ogg', endings: ['.ogv', '.ogg'], family: 'media' },
  { type: 'video/mp4', endings: ['.mp4', '.m4v'], family: 'media' },
  { type: 'video/webm', endings: ['.webm', '.weba'], family: 'media' },
  { type: `${OFFICE}.wordprocessingml.document`, endings: ['.docx'], family: 'office' },
  { type: `${OFFICE}.spreadsheetml.sheet`, endings: ['.xlsx'], family: 'office' },
  { type: `${OFFICE}.presentationml.presentation`, endings: ['.pptx'], family: 'office' },
  { type: `${OPEN}.text`, endings: ['.odt'], family: 'office' },
  { type: `${OPEN}.spreadsheet`, endings: ['.ods'], family: 'office' },
  { type: `${OPEN}.presentation`, endings: ['.odp'], family: 'office' },
  { type: 'application/msword', endings: ['.doc'], family: 'office' },
  { type: 'application/vnd.ms-excel', endings: ['.xls'], family: 'office' },
  { type: 'application/vnd.ms-powerpoint', endings: ['.ppt'], family: 'office' },
  { type: 'application/zip', endings: ['.zip'], family: 'archive' },
  { type: 'text/plain', endings: ['.txt', '.csv'], family: 'text' },
  { type: 'text/markdown', endings: ['.md', '.markdown'], family: 'text' },
]

/** Other names of the same types, as content is recognised. */
const aliases: Record<string, string> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
}

/** Formats that hold several types, which only the ending tells apart: what an ending may then claim. */
const holders: Record<string, readonly string[]> = {
  'application/zip': ['.docx', '.xlsx', '.pptx', '.odt', '.ods', '.odp', '.zip'],
  'application/x-cfb': ['.doc', '.xls', '.ppt'],
}

const logos = new Set(['image/png', 'image/jpeg', 'image/webp'])

/**
 * The type of a file by what its content was recognised as (null: as nothing, so perhaps as text); `ending` counts
 * only among types that share a format. Null for what isn't taken for this purpose.
 */
export function typeOf(recognised: string | null, ending: string, purpose: FilePurpose): FileType | null {
  const type = recognised === null ? textWith(ending) : binary(recognised, ending)
  if (!type) return null
  if (purpose === 'logo') return logos.has(type.type) ? type : null
  return purpose === 'material' || type.family === 'media' ? type : null
}

function textWith(ending: string): FileType | undefined {
  return kept.find(({ family, endings }) => family === 'text' && endings.includes(ending))
}

function binary(recognised: string, ending: string): FileType | undefined {
  const held = holders[recognised]
  if (held?.includes(ending)) return kept.find(({ endings }) => endings[0] === ending)
  const name = aliases[recognised] ?? recognised
  return kept.find(({ type, family }) => type === name && family !== 'text')
}

/** Whether a browser may show a file of this type itself; all others it saves. */
export function isShown(type: string): boolean {
  const family = kept.find(each => each.type === type)?.family
  return family === 'pdf' || family === 'image' || family === 'media'
}
