/** What the system calls the trouble, such as ENOSPC; null when it was none of the system's. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
