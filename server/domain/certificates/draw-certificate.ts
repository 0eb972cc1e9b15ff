import { createRequire } from 'node:module'
import { create as createQrCode } from 'qrcode'
import { lookOf } from '../tenants/look.ts'
import { isModest } from './is-modest.ts'
import { dayOf, sayDays, sayLength, sayNames } from './say.ts'
import type { VerifiedCertificate } from './verify-certificate.ts'

export interface Business {
  name: string
  /** `#rrggbb`. */
  accent: string
  /** The zone it lives by. */
  timeZone: string
  /** PNG or JPEG; null for none. */
  logo: Buffer | null
}

type Pdf = InstanceType<typeof import('pdfkit')>

const { resolve } = createRequire(import.meta.url)
/** Fonts of our own: those of PDF itself know no Łukasz and no Ďuriš. */
const fonts = {
  regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
}

/** A4 across, in points. */
const PAGE = { width: 841.89, height: 595.28 }
const MARGIN = 64
const INNER = PAGE.width - 2 * MARGIN
const QR_SIZE = 92
const INK = '#1f2430'
const FAINT = '#5b6272'

/**
 * Draws a certificate as a PDF of one page (321): the same certificate gives the same bytes. `url` is the address at
 * which anybody can verify it.
 */
export async function drawCertificate(
  certificate: VerifiedCertificate,
  business: Business,
  url: string,
): Promise<Buffer> {
  // Takes a moment to load, and most processes never draw.
  const { default: PDFDocument } = await import('pdfkit')
  const pdf = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    lang: 'en',
    displayTitle: true,
    font: fonts.regular,
    info: {
      Title: `Certificate: ${certificate.title}`,
      Author: business.name,
      CreationDate: certificate.issuedAt,
    },
  })
  const written = collect(pdf)
  const ink = lookOf(business.accent).accentInk
  drawFrame(pdf, business.accent)
  drawHead(pdf, business)
  drawBody(pdf, certificate, ink)
  drawFoot(pdf, certificate, dayOf(certificate.issuedAt, business.timeZone), url)
  pdf.end()
  return written
}

function collect(pdf: Pdf): Promise<Buffer> {
  const pieces: Buffer[] = []
  return new Promise((resolve, reject) => {
    pdf.on('data', (piece: Buffer) => pieces.push(piece))
    pdf.on('end', () => resolve(Buffer.concat(pieces)))
    pdf.on('error', reject)
  })
}

function drawFrame(pdf: Pdf, accent: string): void {
  pdf.rect(0, 0, PAGE.width, 14).fill(accent)
  pdf.rect(0, PAGE.height - 14, PAGE.width, 14).fill(accent)
}

function drawHead(pdf: Pdf, { name, logo }: Business): void {
  const place = logo && drawLogo(pdf, logo) ? { y: 86, size: 14 } : { y: 56, size: 18 }
  writeFitting(pdf, name, { ...place, least: 10, font: fonts.bold, color: INK, lines: 1 })
}

/** Whether the image could be drawn: one that PDF doesn't know, or that is too large, must not keep a certificate from anybody. */
function drawLogo(pdf: Pdf, logo: Buffer): boolean {
  try {
    if (!isModest(logo)) return false
    pdf.image(logo, MARGIN, 30, { fit: [INNER, 50], align: 'center', valign: 'center' })
    return true
  } catch {
    return false
  }
}

function drawBody(
  pdf: Pdf,
  { name, title, minutes, heldOn, coaches }: VerifiedCertificate,
  ink: string,
): void {
  const line = { size: 12, least: 12, font: fonts.regular, color: FAINT, lines: 1 }
  writeFitting(pdf, 'Certificate of attendance', { ...line, y: 122, size: 15, color: ink })
  writeFitting(pdf, name, { y: 168, size: 34, least: 14, font: fonts.bold, color: INK, lines: 2 })
  writeFitting(pdf, 'took part in', { ...line, y: 258 })
  writeFitting(pdf, title, { y: 286, size: 22, least: 12, font: fonts.bold, color: ink, lines: 2 })
  const held = `${sayDays(heldOn)} · ${sayLength(minutes)}`
  writeFitting(pdf, held, { ...line, y: 364, size: 13, least: 9, color: INK, lines: 2 })
  const led = `Led by ${sayNames(coaches)}`
  writeFitting(pdf, led, { ...line, y: 402, size: 13, least: 9, color: INK, lines: 2 })
}

function drawFoot(pdf: Pdf, { code }: VerifiedCertificate, issuedOn: string, url: string): void {
  const top = PAGE.height - 14 - 30 - QR_SIZE
  drawQrCode(pdf, url, { x: PAGE.width - MARGIN - QR_SIZE, y: top })
  const width = INNER - QR_SIZE - 24
  const lines = [
    `Issued on ${sayDays([issuedOn])}`,
    `Code ${code.match(/.{4}/g)!.join(' ')}`,
    `Verify at ${url}`,
  ]
  pdf.font(fonts.regular).fontSize(10).fillColor(FAINT)
  lines.forEach((text, at) => {
    const y = top + QR_SIZE - (lines.length - at) * 16
    pdf.text(text, MARGIN, y, { width, height: 16, ellipsis: true, ...(text.endsWith(url) && { link: url }) })
  })
}

function drawQrCode(pdf: Pdf, url: string, { x, y }: { x: number; y: number }): void {
  const { modules } = createQrCode(url, { errorCorrectionLevel: 'M' })
  const side = QR_SIZE / modules.size
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) pdf.rect(x + column * side, y + row * side, side, side)
    }
  }
  pdf.fill(INK)
}

interface Writing {
  y: number
  /** As large as this, smaller down to `least` until it fits into so many lines. */
  size: number
  least: number
  lines: number
  font: string
  color: string
}

/** Writes centred text in the largest size that fits; what doesn't fit in the least one ends in an ellipsis. */
function writeFitting(pdf: Pdf, text: string, { y, size, least, lines, font, color }: Writing): void {
  pdf.font(font).fillColor(color)
  let fitting = size
  const isTooHigh = () => pdf.heightOfString(text, { width: INNER }) > lines * pdf.currentLineHeight(true) + 1
  while (pdf.fontSize(fitting) && isTooHigh() && fitting > least) fitting--
  const height = lines * pdf.currentLineHeight(true)
  pdf.text(text, MARGIN, y, { width: INNER, height, align: 'center', ellipsis: true })
}
