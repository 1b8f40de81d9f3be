import { DeskError } from '#shared/failure.ts'

const sentences = {
  'disk-full': 'The disk is full, so this could not be saved. Free some space and try again.',
  'read-only':
    'The folder of Parley cannot be written to, so this could not be saved. Ask your administrator.',
  'not-saved': 'This could not be saved on this computer. Restart Parley if it happens again.',
} as const

/** Gives the refusal of the database or the file system a code and a sentence. Anything else is a bug and passes through. */
export function toStoreFailure(error: unknown): Error {
  const code = codeOf(error)
  if (code === null) return error instanceof Error ? error : new Error(String(error))
  return storeFailure(failureCodeOf(code))
}

export function storeFailure(code: keyof typeof sentences): DeskError {
  return new DeskError(code, sentences[code])
}

/** SQLite's own name of what went wrong, such as SQLITE_FULL; null when it was not SQLite. */
export function sqliteCode(error: unknown): string | null {
  const code = codeOf(error)
  return code?.startsWith('SQLITE_') === true ? code : null
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' && /^(SQLITE_|E[A-Z]+$)/.test(error.code) ? error.code : null
}

function failureCodeOf(code: string): keyof typeof sentences {
  if (/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/.test(code)) return 'disk-full'
  if (/^(SQLITE_(READONLY|PERM|CANTOPEN|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/.test(code))
    return 'read-only'
  return 'not-saved'
}
