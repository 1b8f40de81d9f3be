import { z } from 'zod'

// Zod compiles its checks where it may; the page's policy forbids it, and even the question is a violation. Imported
// before anything that holds a schema.
z.config({ jitless: true })
