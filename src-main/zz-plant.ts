export async function wait(): Promise<number> { return Promise.resolve(1) }
export function f(x: any, y: 'a' | 'b'): number { wait(); switch (y) { case 'a': return 1 } return x.foo }
export const n = (q: unknown): string => (q as { a: string }).a
export const m = (q?: string): number => q!.length
