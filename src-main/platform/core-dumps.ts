import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * No crash of this process, or of those it starts, leaves tokens and words in a core file. The filter leaves every page
 * of memory out, also of a dump that is handed to a program of the system, for which no limit counts; the limit, where
 * the system has the program to set it, leaves no file at all. Windows and macOS decide for themselves whether they
 * keep the memory of a crash; nothing here changes that.
 */
export function forbidCoreDumps(): void {
  if (process.platform !== 'linux') return
  // Pages come from a process that was started before any of our code ran.
  for (const processId of [process.pid, ...childrenOf(process.pid)]) forbidFor(processId)
}

function forbidFor(processId: number): void {
  try {
    writeFileSync(`/proc/${String(processId)}/coredump_filter`, '0')
  } catch {
    // One that cannot be written to belongs to a sandbox, which leaves no core either.
  }
  if (!mayDump(processId)) return
  spawnSync('prlimit', ['--core=0:0', '--pid', String(processId)], { stdio: 'ignore', timeout: 1_000 })
}

function mayDump(processId: number): boolean {
  try {
    return !/^Max core file size\s+0\s+0\s/m.test(readFileSync(`/proc/${String(processId)}/limits`, 'utf8'))
  } catch {
    return false
  }
}

function childrenOf(processId: number): readonly number[] {
  try {
    return readdirSync(`/proc/${String(processId)}/task`)
      .flatMap((task) => readFileSync(`/proc/${String(processId)}/task/${task}/children`, 'utf8').split(' '))
      .filter((text) => text !== '')
      .flatMap((text) => [Number(text), ...childrenOf(Number(text))])
  } catch {
    // It has ended meanwhile.
    return []
  }
}
