import { configureVueProject, defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier/flat'
import vue from 'eslint-plugin-vue'
import { boundaries } from './scripts/lint/boundaries.mjs'

const everything = ['**/*.{js,mjs,ts,mts,vue}']
const typed = ['**/*.{ts,vue}']
const testCode = ['**/*.test.{ts,mjs}', '**/testing/**', 'e2e/**', 'bench/**']

// By default the Vue preset turns the no-unsafe rules off everywhere, for the sake of components.
configureVueProject({ allowComponentTypeUnsafety: false })

export default defineConfigWithVueTs(
  { ignores: ['out/', 'release/', 'coverage/', 'test-results/', 'playwright-report/', 'demo-output/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  vue.configs['flat/recommended'],
  vueTsConfigs.strictTypeChecked,
  {
    name: 'size and shape',
    files: everything,
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: false, skipComments: false }],
      'max-params': ['error', { max: 3 }],
      'no-console': 'error',
      'no-else-return': 'error',
      'no-param-reassign': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    name: 'types',
    files: typed,
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unsafe-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true },
      ],
      // Spreading a string walks its code points, which is what it is used for.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A number in a template is harmless; an object there is not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // The linter cannot see what a component exports, so values that come from one look like any.
    name: 'code that meets components',
    files: ['src-renderer/**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    name: 'components',
    files: ['**/*.vue'],
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': ['error', 'type-literal'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/enforce-style-attribute': ['error', { allow: ['scoped'] }],
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      // It does not know that a prop may be left out.
      '@typescript-eslint/no-useless-default-assignment': 'off',
    },
  },
  ...boundaries(['*.config.{js,ts}', 'e2e/*.config.ts', 'e2e/global-*.ts', '**/*.d.ts']),
  {
    name: 'tests',
    files: testCode,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // The body of a setup function is a module, not a procedure.
    name: 'stores and composables',
    files: ['src-renderer/stores/**', 'src-renderer/**/use-*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: false, skipComments: false }] },
  },
  {
    // Lists rather than procedures: all wiring, and all requests, each on one page.
    name: 'wiring',
    files: ['src-main/compose.ts', 'src-main/compose-conversations.ts', 'src-main/ipc/handlers.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 160, skipBlankLines: false, skipComments: false }] },
  },
  {
    name: 'command line',
    files: ['scripts/**', 'bench/**', 'e2e/harness/**', 'src-simulator/cli.ts'],
    rules: { 'no-console': 'off' },
  },
  prettier,
)
