import type { Surroundings } from '#shared/model.ts'
import type { Policy } from './inbox/policy.ts'
import type { CommandLine } from './platform/command-line.ts'
import type { Host } from './platform/host.ts'

const maxChats = 10
const defaultRegion = 'us-east-1'

/** The command line says where to begin, else the administrator, else we do. */
export function surroundings(
  host: Host,
  { endpoint, region }: CommandLine,
  { defaults }: Policy,
): Surroundings {
  const platforms: Readonly<Record<string, Surroundings['platform']>> = { darwin: 'mac', win32: 'windows' }
  return {
    platform: platforms[process.platform] ?? 'linux',
    version: host.version,
    defaultRegion: region === '' ? (defaults.region ?? defaultRegion) : region,
    defaultEndpoint: endpoint === '' ? (defaults.endpoint ?? '') : endpoint,
    maxChats,
  }
}
