// Who may import whom. One row per folder; the rows do not overlap, so every file has exactly one list.

const electron = { regex: '^electron(/|$)', message: 'Only platform/, ipc/ and main.ts import Electron.' }
const node = {
  regex: `^(node:|(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|stream|url|util|zlib)(/|$))`,
  message: 'This folder runs without Node.',
}
const sdk = {
  regex: '^(@aws-sdk/|@smithy/|aws-sdk$|aws-sdk/|amazon-connect-chatjs)',
  message: 'Only participant/participant-client.ts imports the SDK.',
}
const socket = { regex: '^ws$', message: 'Sockets belong in participant/.' }
const otherFolder = {
  regex: '^(\\.\\./)+(src-[a-z]+|e2e|bench|scripts)/',
  message: 'Folders meet through #shared/* only.',
}
const simulator = {
  regex: '^#simulator/',
  message: 'Only compose.ts loads the simulator, on demand.',
  allowTypeImports: true,
}
const shared = { regex: '^#shared/', message: 'This folder shares no code with the app.' }
const shell = { regex: '^electron$', importNames: ['shell'], message: 'Only platform/ opens links outside.' }

/** @param {readonly string[]} names */
const siblings = (...names) => ({
  regex: `^(\\./|(\\.\\./)+)(${names.join('|')})/`,
  message: `This folder knows nothing of ${names.join(', ')}.`,
})
/** @param {string} allowed @param {string} message */
const anythingBut = (allowed, message) => ({ regex: `^(?!${allowed})`, message })
/** Types may cross; code may not. @param {Ban} ban */
const typesOnly = (ban) => ({ ...ban, allowTypeImports: true })

/**
 * @typedef {{ regex: string, message: string, importNames?: string[], allowTypeImports?: boolean }} Ban
 * @typedef {{ name: string, files: string[], ignores?: string[], bans: Ban[], dynamicBans?: Ban[] }} Zone
 *   `dynamicBans` replace `bans` for `import()`; the type-only exception means nothing there.
 */

const tests = ['**/*.test.ts', '**/testing/**']
const testTools = 'vitest(/|$)|fast-check$|\\./|(\\.\\./)+(?!src-|e2e/|bench/|scripts/)'

/** @type {Zone[]} */
const zones = [
  {
    name: 'shared',
    files: ['src-shared/**/*.ts'],
    ignores: tests,
    bans: [anythingBut('zod$|zod/|\\./|#shared/', 'src-shared imports zod and nothing else.')],
  },
  {
    name: 'shared tests',
    files: ['src-shared/**/*.test.ts'],
    bans: [anythingBut(`zod$|#shared/|${testTools}`, 'src-shared imports zod and nothing else.')],
  },
  {
    name: 'preload',
    files: ['src-preload/**/*.ts'],
    ignores: tests,
    bans: [
      anythingBut(
        'electron$|#shared/bridge\\.ts$|\\./',
        'The preload imports electron and the bridge, no more.',
      ),
    ],
  },
  {
    name: 'renderer',
    files: ['src-renderer/**/*.{ts,vue}'],
    ignores: ['src-renderer/ui/**'],
    bans: [
      electron,
      node,
      sdk,
      socket,
      otherFolder,
      simulator,
      typesOnly({ regex: '^zod$', message: 'Schemas stay in main; the page imports their types.' }),
      typesOnly({
        regex: '^#shared/contract\\.ts$',
        message: 'The page imports only types of the contract.',
      }),
    ],
  },
  {
    name: 'renderer ui',
    files: ['src-renderer/ui/**/*.{ts,vue}'],
    bans: [
      electron,
      node,
      sdk,
      otherFolder,
      simulator,
      { regex: '^#shared/(?!fold\\.ts$)', message: 'ui/ knows no domain words.' },
      siblings('stores', 'inbox', 'chat', 'settings'),
      { regex: '(^|/)desk\\.ts$', message: 'ui/ gets values and emits events.' },
    ],
  },
  {
    name: 'chat',
    files: ['src-main/chat/**/*.ts'],
    ignores: tests,
    bans: [
      electron,
      node,
      sdk,
      socket,
      otherFolder,
      simulator,
      siblings('ipc', 'inbox', 'export', 'vault'),
      typesOnly(siblings('participant', 'platform', 'store')),
    ],
  },
  {
    name: 'participant',
    files: ['src-main/participant/**/*.ts'],
    ignores: ['src-main/participant/participant-client*.ts', ...tests],
    bans: [electron, sdk, otherFolder, simulator, typesOnly(siblings('chat', 'inbox', 'ipc'))],
  },
  {
    name: 'participant client',
    files: ['src-main/participant/participant-client*.ts'],
    ignores: tests,
    bans: [electron, otherFolder, simulator, typesOnly(siblings('chat', 'inbox', 'ipc'))],
  },
  {
    name: 'edges of main',
    files: ['src-main/main.ts', 'src-main/ipc/**/*.ts'],
    ignores: tests,
    bans: [sdk, shell, otherFolder, simulator],
  },
  {
    name: 'platform',
    files: ['src-main/platform/**/*.ts'],
    ignores: tests,
    bans: [
      sdk,
      otherFolder,
      simulator,
      typesOnly(siblings('chat', 'inbox', 'ipc', 'participant', 'store', 'export')),
    ],
  },
  {
    name: 'compose',
    files: ['src-main/compose.ts'],
    bans: [electron, sdk, otherFolder, simulator],
    dynamicBans: [electron, sdk, otherFolder],
  },
  {
    name: 'rest of main',
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/{main,compose}.ts', 'src-main/{chat,participant,ipc,platform}/**', ...tests],
    bans: [electron, sdk, otherFolder, simulator],
  },
  {
    name: 'tests of main',
    files: ['src-main/**/*.test.ts', 'src-main/**/testing/**/*.ts'],
    bans: [electron, otherFolder],
  },
  {
    name: 'simulator',
    files: ['src-simulator/**/*.ts'],
    ignores: tests,
    bans: [electron, sdk, otherFolder, shared],
  },
  {
    name: 'simulator tests',
    files: ['src-simulator/**/*.test.ts'],
    bans: [electron, otherFolder, shared],
  },
  {
    name: 'end to end',
    files: ['e2e/**/*.ts'],
    bans: [
      { regex: '^(\\.\\./)+src-', message: 'End-to-end tests see what an agent sees, and the simulator.' },
      { ...shared, regex: '^#shared/(?!testing/)' },
      typesOnly(electron),
    ],
  },
]

/**
 * ESLint configuration for every zone.
 * @param {string[]} defaultExports files in which a tool demands a default export
 */
export function boundaries(defaultExports) {
  return [
    { name: 'named exports', rules: { 'no-restricted-syntax': ['error', ...alwaysRestricted] } },
    ...zones.map((zone) => ({
      name: `boundary of ${zone.name}`,
      files: zone.files,
      ...(zone.ignores && { ignores: zone.ignores }),
      rules: {
        '@typescript-eslint/no-restricted-imports': ['error', { patterns: zone.bans }],
        'no-restricted-syntax': ['error', ...restrictedSyntax(zone)],
      },
    })),
    { name: 'default exports for tools', files: defaultExports, rules: { 'no-restricted-syntax': 'off' } },
  ]
}

const alwaysRestricted = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: "ExportSpecifier[exported.name='default']", message: 'Export by name.' },
]
const opensLinks = {
  selector: "MemberExpression[object.name='shell'][property.name='openExternal']",
  message: 'Only platform/ opens links outside.',
}

/** A static import is seen by no-restricted-imports; `import()` only here. @param {Zone} zone */
function restrictedSyntax(zone) {
  const bans = (zone.dynamicBans ?? zone.bans).filter((ban) => ban.importNames === undefined)
  const dynamic = bans.map(({ regex, message }) => ({
    selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
    message,
  }))
  return [...alwaysRestricted, ...dynamic, ...(zone.name === 'platform' ? [] : [opensLinks])]
}
