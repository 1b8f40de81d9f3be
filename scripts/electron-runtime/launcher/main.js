// Loads the app whose folder or entry file is named on the command line. An ES module with an awaited import,
// because Electron holds `ready` back until its entry module has finished: the app can still register schemes.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const require = createRequire(import.meta.url)
const { target, preloads } = readCommandLine(process.argv.slice(1))

try {
  for (const file of preloads) require(path.resolve(file))
  await import(pathToFileURL(enter(target)).href)
} catch (error) {
  process.stderr.write(`${error?.stack ?? error}\n`)
  app.exit(1)
}

function readCommandLine(args) {
  const preloads = []
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]
    if (arg === '--version' || arg === '-v') leave(`v${process.versions.electron}`, 0)
    if (arg === '-r' || arg === '--require') preloads.push(args[(at += 1)])
    else if (!arg.startsWith('-')) return { target: path.resolve(arg), preloads }
  }
  return leave('usage: electron [options] <app folder or file>', 2)
}

function leave(text, status) {
  process.stdout.write(`${text}\n`)
  process.exit(status)
}

/** Makes the app look started by itself; returns its entry file. */
function enter(appPath) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const manifest = path.join(appPath, 'package.json')
  app.setAppPath(existsSync(manifest) ? appPath : path.dirname(appPath))
  if (existsSync(manifest)) {
    const { name, productName, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'))
    app.name = productName ?? name
    if (version) app.setVersion(version)
    app.setDesktopName(desktopName ?? `${app.name}.desktop`)
  }
  return require.resolve(appPath)
}
