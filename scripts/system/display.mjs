import process from 'node:process'
import { ensurePrograms } from './packages.mjs'

export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/**
 * The same command on a virtual display where there is no real one.
 * @param {readonly string[]} commandLine
 */
export function onSomeDisplay(commandLine) {
  if (hasDisplay()) return commandLine
  ensurePrograms('display')
  return ['xvfb-run', '--auto-servernum', '--server-args', '-screen 0 1600x1000x24', ...commandLine]
}
