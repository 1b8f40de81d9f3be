import path from 'node:path'
import process from 'node:process'

const withKeyring = path.resolve(import.meta.dirname, '../with-keyring.sh')
const screen = '-screen 0 1600x1000x24'

export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/**
 * The command line, inside a virtual display and a throw-away keyring where those are wanted.
 * @param {readonly string[]} commandLine
 * @param {{ display: boolean, keyring: boolean }} wanted
 */
export function surround(commandLine, { display, keyring }) {
  return [
    ...(display ? ['xvfb-run', '--auto-servernum', '--server-args', screen] : []),
    ...(keyring ? [withKeyring] : []),
    ...commandLine,
  ]
}
