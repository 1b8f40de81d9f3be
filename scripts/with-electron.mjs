// Runs a command with an Electron runtime in place, and a virtual display where there is none:
//   node scripts/with-electron.mjs electron-vite dev
//   node scripts/with-electron.mjs --keyring playwright test     with a throw-away keyring (Linux)
import process from 'node:process'
import { runWithElectron } from './system/run-with-electron.mjs'

const words = process.argv.slice(2)
const keyring = words[0] === '--keyring'
const commandLine = keyring ? words.slice(1) : words

if (commandLine.length === 0) {
  process.stderr.write('usage: node scripts/with-electron.mjs [--keyring] <command> [arguments]\n')
  process.exitCode = 2
} else {
  try {
    process.exitCode = await runWithElectron(commandLine, { keyring })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
