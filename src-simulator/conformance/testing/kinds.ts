import { chatJs } from './chat-js.ts'
import type { ClientKind } from './participant-client.ts'
import { sdkV2 } from './sdk-v2.ts'
import { sdkV3 } from './sdk-v3.ts'

/** Amazon's three clients. */
export const kinds: readonly ClientKind[] = [chatJs, sdkV2, sdkV3]
