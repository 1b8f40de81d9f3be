import { existsSync } from 'node:fs'

export default function requireBuild(): void {
  if (!existsSync('out/main/main.js')) throw new Error('There is no build to test. Run: npm run build')
  if (!process.env['ELECTRON_EXEC_PATH']) throw new Error('There is no Electron to test on. Run: npm run e2e')
}
