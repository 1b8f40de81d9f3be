import type { Surroundings } from '#shared/model.ts'
import type { Policy } from './inbox/policy.ts'
import type { CommandLine } from './platform/command-line.ts'
import type { Host } from './platform/host.ts'

const maxChats = 10
const defaultRegion = 'us-east-1'

/** The administrator says where to begin, else the command line, else we do. */
export function surroundings(host: Host, commandLine: CommandLine, policy: Policy): Surroundings {
  const { defaults } = policy
  const platforms: Readonly<Record<string, Surroundings['platform']>> = { darwin: 'mac', win32: 'windows' }
  return {
    platform: platforms[process.platform] ?? 'linux',
    version: host.version,
    defaultRegion: defaults.region ?? (commandLine.region || defaultRegion),
    weaknesses: host.weaknesses,
    defaultEndpoint: managedEndpoint(defaults) ?? commandLine.endpoint,
    maxChats,
    managedClosing: policy.closing ?? null,
  }
}

/** A region alone is managed as well: an endpoint beside it would lead its calls elsewhere. */
function managedEndpoint({ region, endpoint }: Policy['defaults']): string | null {
  if (endpoint !== undefined) return endpoint ?? ''
  return region === undefined ? null : ''
}
