import { unreachable } from '#shared/failure.ts'
import type { ProxySettings } from './client-settings.ts'
import { resolveManually } from './proxy-bypass.ts'
import type { ResolveProxy } from './proxy-routes.ts'

/** The kinds of choice that only a browser can make. */
export interface BrowserProxies {
  readonly system: ResolveProxy
  readonly byScript: (pacUrl: string) => ResolveProxy
}

export function proxyResolver(settings: ProxySettings, browser: BrowserProxies): ResolveProxy {
  switch (settings.mode) {
    case 'system':
      return browser.system
    case 'pac':
      return browser.byScript(settings.url)
    case 'manual':
      return resolveManually(settings)
    case 'none':
      return () => Promise.resolve('DIRECT')
    default:
      return unreachable(settings)
  }
}
