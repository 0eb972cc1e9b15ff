import { inflateSync } from 'node:zlib'

/**
 * The lines of text in a PDF as pdfkit writes it with embedded fonts: by each font's own table of what its glyphs stand
 * for, which is what searching and reading aloud go by.
 */
export function pdfText(pdf: Buffer): string[] {
  const objects = new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [
      id!,
      body!,
    ]),
  )
  const page = [...objects.values()].find(body => /\/Type \/Page\b/.test(body))!
  const content = streamOf(objects.get(refIn(page, 'Contents'))!)
  const fontsOfPage = objects.get(refIn(page, 'Resources'))!
  const fonts = new Map(
    [...fontsOfPage.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [
      name!,
      glyphsIn(streamOf(objects.get(refIn(objects.get(id!)!, 'ToUnicode'))!)),
    ]),
  )
  return content
    .split('\nBT\n')
    .slice(1)
    .map(block => {
      const [, font = ''] = /\/(F\d+) [\d.]+ Tf/.exec(block) ?? []
      const codes = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex]) => hex!.match(/.{4}/g)!)
      return codes.map(code => fonts.get(font)![Number.parseInt(code, 16)] ?? '?').join('')
    })
}

function refIn(body: string, key: string): string {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(body)![1]!
}

function streamOf(body: string): string {
  const raw = body.slice(body.indexOf('stream\n') + 'stream\n'.length, body.lastIndexOf('\nendstream'))
  return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1')
}

/** By glyph: the text it stands for, in UTF-16. */
function glyphsIn(table: string): string[] {
  const glyphs: string[] = []
  for (const [, first, list] of table.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    const texts = [...list!.matchAll(/<([0-9a-f ]+)>/g)].map(([, hex]) =>
      Buffer.from(hex!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    )
    glyphs.splice(Number.parseInt(first!, 16), texts.length, ...texts)
  }
  return glyphs
}
