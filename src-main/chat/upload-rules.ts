import type { Failure } from '#shared/failure.ts'
import { shownName } from '#shared/file-name.ts'
import type { LocalFile } from './local-files.ts'

export interface UploadLimits {
  readonly maxBytes: number
  readonly maxFiles: number
  /** Whether the agent is asked about a file whose content is not what its name says. */
  readonly asksAboutContent: boolean
}

export const defaultUploadLimits: UploadLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxFiles: 35,
  asksAboutContent: true,
}

const longestName = 256
const kilobyte = 1024
const megabyte = 1024 * kilobyte
const office = 'application/vnd.openxmlformats-officedocument'
const zip = 'application/zip'
const cfb = 'application/x-cfb'

interface FileKind {
  readonly contentType: string
  /** What the content of such a file says about itself; 'text' has nothing to say, whatever words it begins with. */
  readonly signatures: readonly string[] | 'text'
}

const kinds = new Map<string, FileKind>([
  ['csv', { contentType: 'text/csv', signatures: 'text' }],
  ['doc', { contentType: 'application/msword', signatures: [cfb] }],
  ['docx', ooxml('wordprocessingml.document')],
  ['heic', { contentType: 'image/heic', signatures: ['image/heic', 'image/heif'] }],
  ['jfif', { contentType: 'image/jpeg', signatures: ['image/jpeg'] }],
  ['jpeg', { contentType: 'image/jpeg', signatures: ['image/jpeg'] }],
  ['jpg', { contentType: 'image/jpeg', signatures: ['image/jpeg'] }],
  ['mov', { contentType: 'video/quicktime', signatures: ['video/quicktime'] }],
  ['mp4', { contentType: 'video/mp4', signatures: ['video/mp4', 'video/x-m4v', 'video/quicktime'] }],
  ['pdf', { contentType: 'application/pdf', signatures: ['application/pdf'] }],
  ['png', { contentType: 'image/png', signatures: ['image/png', 'image/apng'] }],
  ['ppt', { contentType: 'application/vnd.ms-powerpoint', signatures: [cfb] }],
  ['pptx', ooxml('presentationml.presentation')],
  ['rtf', { contentType: 'application/rtf', signatures: ['application/rtf', 'text/rtf'] }],
  ['txt', { contentType: 'text/plain', signatures: 'text' }],
  ['wav', { contentType: 'audio/wav', signatures: ['audio/wav', 'audio/vnd.wave', 'audio/x-wav'] }],
  ['xls', { contentType: 'application/vnd.ms-excel', signatures: [cfb] }],
  ['xlsx', ooxml('spreadsheetml.sheet')],
])

function ooxml(part: string): FileKind {
  const contentType = `${office}.${part}`
  // Office wraps a file with a password in the older format.
  return { contentType, signatures: [contentType, zip, cfb] }
}

/** What runs when it is opened, by more than the beginnings that are looked for in every file. */
const programs: ReadonlySet<string> = new Set([
  'application/java-archive',
  'application/java-vm',
  'application/vnd.android.package-archive',
  'application/vnd.microsoft.portable-executable',
  'application/wasm',
  'application/x-deb',
  'application/x-elf',
  'application/x-google-chrome-extension',
  'application/x-mach-binary',
  'application/x-msdownload',
  'application/x-rpm',
  'application/x-xpinstall',
  'application/x.ms.shortcut',
  'application/x.apple.alias',
])

/** As a person calls it. */
const contentWords: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'PDF'],
  ['application/rtf', 'RTF'],
  ['application/xml', 'XML'],
  ['application/zip', 'a ZIP archive'],
  [cfb, 'an older Office document'],
  [`${office}.wordprocessingml.document`, 'a Word document'],
  [`${office}.spreadsheetml.sheet`, 'an Excel workbook'],
  [`${office}.presentationml.presentation`, 'a PowerPoint presentation'],
  ['audio/mpeg', 'MP3'],
  ['image/apng', 'PNG'],
  ['image/avif', 'AVIF'],
  ['image/bmp', 'BMP'],
  ['image/gif', 'GIF'],
  ['image/heic', 'HEIC'],
  ['image/jpeg', 'JPEG'],
  ['image/png', 'PNG'],
  ['image/tiff', 'TIFF'],
  ['image/webp', 'WebP'],
  ['text/html', 'HTML'],
  ['text/plain;charset=utf-16', 'UTF-16 text without its mark'],
  ['text/rtf', 'RTF'],
  ['video/3gpp', '3GP video'],
  ['video/3gpp2', '3GP video'],
  ['video/mp4', 'MP4 video'],
  ['video/quicktime', 'QuickTime video'],
  ['video/webm', 'WebM video'],
])

/** The content type to announce. */
export function contentTypeOf(name: string): string {
  return kinds.get(extensionOf(name))?.contentType ?? 'application/octet-stream'
}

/** Why the service would not take this file, before a byte is sent. Null when it should. */
export function refusalOf(
  file: LocalFile,
  filesUsed: number,
  limits: Omit<UploadLimits, 'asksAboutContent'>,
): Failure | null {
  if (file.bytes === 0) return { code: 'empty-file', message: `${shownName(file.name)} is empty.` }
  if (file.bytes > limits.maxBytes) {
    const { has, allowed } = sizesToCompare(file.bytes, limits.maxBytes)
    return { code: 'too-large', message: `Too large: ${has}, limit ${allowed}.` }
  }
  if (file.name === '' || file.name.length > longestName) {
    return {
      code: 'bad-name',
      message: `The name of the file is longer than ${longestName} characters. Shorten it.`,
    }
  }
  return refusalOfKind(file) ?? refusalOfCount(filesUsed, limits)
}

/** The file's size is rounded up, so that it never reads like the limit it is over. */
function sizesToCompare(bytes: number, limit: number): { has: string; allowed: string } {
  if (limit < kilobyte) return { has: `${bytes} bytes`, allowed: `${limit} bytes` }
  const [unit, size] = limit < megabyte ? (['KB', kilobyte] as const) : (['MB', megabyte] as const)
  const has = (Math.ceil((bytes / size) * 10) / 10).toFixed(1)
  return { has: `${has} ${unit}`, allowed: `${Number((limit / size).toFixed(1))} ${unit}` }
}

function refusalOfKind({ name, contentType, nature }: LocalFile): Failure | null {
  const extension = extensionOf(name)
  const kind = kinds.get(extension)
  if (kind === undefined) {
    const what = extension === '' ? 'files without an ending' : `.${extension} files`
    return { code: 'wrong-type', message: `This chat doesn't accept ${what}.` }
  }
  const isProgram = nature === 'program' || (nature !== 'text' && programs.has(contentType ?? ''))
  return isProgram
    ? { code: 'wrong-type', message: `${shownName(name)} is a program. Programs cannot be sent.` }
    : null
}

/**
 * What to ask the agent before a file is sent whose content is not what its name says: many a program writes HTML and
 * calls it .xls. Null when it is. The service decides whether it takes it.
 */
export function doubtOf({ name, contentType, nature }: LocalFile, limits: UploadLimits): string | null {
  const extension = extensionOf(name)
  const kind = kinds.get(extension)
  if (kind === undefined || !limits.asksAboutContent) return null
  const { signatures } = kind
  const isTrue =
    signatures === 'text' ? nature === 'text' : contentType !== null && signatures.includes(contentType)
  if (isTrue) return null
  const found = contentWords.get(contentType ?? '') ?? (nature === 'text' ? 'plain text' : null)
  return found === null
    ? `This does not look like .${extension} inside. Send it all the same?`
    : `This is ${found} named .${extension}. Send it all the same?`
}

function refusalOfCount(filesUsed: number, { maxFiles }: Pick<UploadLimits, 'maxFiles'>): Failure | null {
  if (filesUsed < maxFiles) return null
  return {
    code: 'too-many-files',
    message: `This conversation already has ${maxFiles} files, the most allowed.`,
  }
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}
