// Plays a practice shift as an agent would and leaves screenshots and transcripts in demo-output/.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Console } from '../e2e/console.ts'
import { isOpen, startParley } from '../e2e/fixtures.ts'
import { playShift } from './shift/play-shift.ts'

const output = path.resolve(import.meta.dirname, '../demo-output')

await rm(output, { recursive: true, force: true })
await mkdir(output, { recursive: true })
const profile = await mkdtemp(path.join(tmpdir(), 'parley-shift-'))
try {
  const app = await startParley([`--user-data-dir=${profile}`, '--password-store=gnome-libsecret'])
  const page = await app.firstWindow()
  await isOpen(page).waitFor()
  const desk = new Console(app, page)
  try {
    const left = await playShift(desk, output)
    console.log(['The practice shift left these files:', ...left.map((file) => `  ${file}`)].join('\n'))
  } catch (error) {
    const picture = path.join(output, 'where-it-stopped.png')
    await desk.page.screenshot({ path: picture })
    console.error(`The practice shift stopped. The last screen is in ${picture}`)
    throw error
  } finally {
    await app.close()
  }
} finally {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
