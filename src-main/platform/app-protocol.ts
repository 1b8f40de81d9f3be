import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { appHost, appScheme } from './app-origin.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** `connect-src 'none'` is possible because all network lives in main. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue',
].join('; ')

/** A picture the page may show: held by main, or read anew from where the agent chose it. */
export type Picture =
  | { readonly bytes: Uint8Array; readonly contentType: string }
  | { readonly read: () => AsyncIterable<Uint8Array>; readonly contentType: string }

/** Knows pictures by an unguessable id. */
export interface PictureSource {
  find(pictureId: string): Promise<Picture | null>
}

/** Before `ready`: tells Chromium that `app:` is a standard, secure scheme. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Serves the files found under `folder` now, by exact name: no path is ever joined from a URL. */
export async function serveApp(folder: string, pictures: PictureSource): Promise<void> {
  const files = await listFiles(folder)
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.host !== appHost) return new Response(null, { status: 404 })
    if (url.pathname.startsWith('/picture/'))
      return servePicture(pictures, url.pathname.slice('/picture/'.length))
    const file = files.get(url.pathname === '/' ? '/index.html' : url.pathname)
    if (file === undefined) return new Response(null, { status: 404 })
    const type = contentTypes[path.extname(file)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(type) })
  })
}

async function servePicture(pictures: PictureSource, pictureId: string): Promise<Response> {
  const picture = await pictures.find(pictureId)
  if (picture === null) return new Response(null, { status: 404 })
  // A piece at a time, so that a large picture never lies in memory twice, nor is copied in one go.
  const pieces = 'bytes' in picture ? inPieces(picture.bytes) : picture.read()
  return new Response(asBody(pieces), { headers: headersFor(picture.contentType) })
}

function asBody(pieces: AsyncIterable<Uint8Array>): ReadableStream {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

const pieceBytes = 256 * 1024

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield await Promise.resolve(bytes.slice(at, at + pieceBytes))
  }
}

function headersFor(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  }
}

async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return new Map(
    found
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [`/${path.relative(folder, file).split(path.sep).join('/')}`, file]),
  )
}
