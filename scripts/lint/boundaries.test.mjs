import { vueTsConfigs } from '@vue/eslint-config-typescript'
import { ESLint } from 'eslint'
import { expect, it } from 'vitest'

// The project's own configuration without its type-aware rules: the files below do not exist.
const withoutTypes = /** @type {import('eslint').Linter.Config} */ (vueTsConfigs.disableTypeChecked)
const eslint = new ESLint({ overrideConfig: withoutTypes })

/**
 * Complaints about who imports whom, for one line of code at a path.
 * @param {string} filePath
 * @param {string} code
 */
async function complaints(filePath, code) {
  const script = filePath.endsWith('.vue')
    ? `<script setup lang="ts">\n${code}\n</script>\n<template><p /></template>\n`
    : `${code}\n`
  const [result] = await eslint.lintText(script, { filePath })
  return (result?.messages ?? [])
    .filter(({ ruleId, message }) => /no-restricted|Parsing/.test(`${ruleId} ${message}`))
    .map(({ message }) => message)
}

it.each([
  ['src-shared/link.ts', "import 'electron'"],
  ['src-shared/link.ts', "import 'node:fs'"],
  ['src-shared/link.ts', "import '../src-main/main.ts'"],
  ['src-shared/link.test.ts', "import 'ws'"],
  ['src-preload/preload.ts', "import { requests } from '#shared/contract.ts'"],
  ['src-preload/preload.ts', "import { z } from 'zod'"],
  ['src-renderer/chat/ChatPane.vue', "import { ipcRenderer } from 'electron'"],
  ['src-renderer/chat/ChatPane.vue', "import { join } from 'node:path'"],
  ['src-renderer/desk.ts', "import fs from 'fs'"],
  ['src-renderer/desk.ts', "import { requests } from '#shared/contract.ts'"],
  ['src-renderer/desk.ts', "import { Inbox } from '../src-main/inbox/inbox.ts'"],
  ['src-renderer/desk.ts', "void import('electron')"],
  ['src-renderer/ui/UiButton.vue', "import { useInbox } from '../stores/inbox.ts'"],
  ['src-renderer/ui/UiButton.vue', "import { request } from '../desk.ts'"],
  ['src-main/chat/link.ts', "import { app } from 'electron'"],
  ['src-main/chat/link.ts', "import { randomUUID } from 'node:crypto'"],
  ['src-main/chat/link.ts', "import '@aws-sdk/client-connectparticipant'"],
  ['src-main/chat/link.ts', "void import('@aws-sdk/client-connectparticipant')"],
  ['src-main/chat/chat-session.ts', "import { Inbox } from '../inbox/inbox.ts'"],
  ['src-main/chat/chat-session.ts', "import { openSocket } from '../participant/chat-socket.ts'"],
  ['src-main/participant/chat-socket.ts', "import '@aws-sdk/client-connectparticipant'"],
  ['src-main/participant/participant-client.ts', "import { net } from 'electron'"],
  ['src-main/inbox/inbox.ts', "import { app } from 'electron'"],
  ['src-main/inbox/inbox.ts', "import { startSimulator } from '#simulator/simulator.ts'"],
  ['src-main/compose.ts', "import { startSimulator } from '#simulator/simulator.ts'"],
  ['src-main/compose.ts', "import { app } from 'electron'"],
  ['src-main/ipc/router.ts', "import '@aws-sdk/client-connectparticipant'"],
  ['src-main/ipc/router.ts', "import { shell } from 'electron'"],
  ['src-main/main.ts', "void electron.shell.openExternal('x'); void shell.openExternal('x')"],
  ['src-main/platform/clock.ts', "import { Inbox } from '../inbox/inbox.ts'"],
  ['src-simulator/cli.ts', "import type { Entry } from '#shared/entry.ts'"],
  ['src-simulator/cli.ts', "import '@aws-sdk/client-connectparticipant'"],
  ['src-simulator/cli.ts', "import '../src-main/main.ts'"],
  ['e2e/send.spec.ts', "import { Inbox } from '../src-main/inbox/inbox.ts'"],
  ['e2e/send.spec.ts', "void import('../src-main/inbox/inbox.ts')"],
  ['src-main/inbox/inbox.ts', 'export default 1'],
])('refuses in %s: %s', async (filePath, code) => {
  expect(await complaints(filePath, code)).not.toEqual([])
})

it.each([
  ['src-shared/link.ts', "import { z } from 'zod'\nimport './failure.ts'"],
  ['src-preload/preload.ts', "import { ipcRenderer } from 'electron'\nimport '#shared/bridge.ts'"],
  ['src-renderer/desk.ts', "import type { Input } from '#shared/contract.ts'\nimport '#shared/failure.ts'"],
  ['src-renderer/chat/ChatPane.vue', "import { useInbox } from '../stores/inbox.ts'"],
  ['src-main/chat/link.ts', "import type { ParticipantApi } from '../participant/participant-api.ts'"],
  ['src-main/participant/participant-client.ts', "import '@aws-sdk/client-connectparticipant'"],
  ['src-main/platform/window.ts', "import { shell } from 'electron'\nvoid shell.openExternal('x')"],
  ['src-main/ipc/router.ts', "import { ipcMain } from 'electron'"],
  ['src-main/compose.ts', "void import('#simulator/simulator.ts')"],
  ['src-simulator/cli.ts', "import { createServer } from 'node:http'\nimport 'ws'"],
  ['e2e/send.spec.ts', "import { startSimulator } from '#simulator/simulator.ts'"],
])('allows in %s: %s', async (filePath, code) => {
  expect(await complaints(filePath, code)).toEqual([])
})
