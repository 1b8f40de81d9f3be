import type { LogFields } from './log.ts'

/** The kind of error and where in our code; never its message, which may quote what it choked on. */
export function describeBug(error: unknown): LogFields {
  if (!(error instanceof Error)) return { kind: typeof error, where: '' }
  const where = (error.stack ?? '').split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  return { kind: error.name, where: where.trim().replace(/\(?file:\/\/.*\/(out|src-main)\//, '($1/') }
}
