import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The app that starts the app named on the command line, as Electron's own downloads carry one. */
export const launcherFolder = path.join(import.meta.dirname, 'launcher')

/**
 * Turns another app's Electron into one that starts any app and that tests can drive.
 * @param {string} folder
 * @param {string} version
 */
export async function makeLaunchable(folder, version) {
  const [{ flipFuses, FuseV1Options, FuseVersion }, asar] = await Promise.all([
    import('@electron/fuses'),
    import('@electron/asar'),
  ])
  // Its publisher switched off what a test driver needs and switched on a snapshot that is left out here.
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  // default_app.asar, never app: the latter would win over the app inside a packaged copy.
  const resources = path.join(folder, 'resources')
  await mkdir(resources, { recursive: true })
  await asar.createPackage(launcherFolder, path.join(resources, 'default_app.asar'))
  await writeFile(path.join(folder, 'version'), version)
}
