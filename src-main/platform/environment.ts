/**
 * What a variable of the environment could change behind the settings' back: where calls go, which certificates count,
 * whose code is loaded, and who may read along. Parley's own parts are told in their options; this is for the parts of
 * others, and for the processes that are started from here.
 */
const meddling = /^(?:AWS_|_X_AMZN_|NODE_|OPENSSL_|SSL_CERT_|SSLKEYLOGFILE$|LIBSQL_|WS_NO_|ELECTRON_)/i

/** Before anything is loaded that reads it. */
export function clearEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (meddling.test(name)) Reflect.deleteProperty(env, name)
  }
}

/**
 * The same by Chromium's switches. Whoever needs a proxy or an authority has the settings and the policy for it, where
 * it can be seen.
 */
const meddlingSwitches = [
  'proxy-server',
  'proxy-pac-url',
  'proxy-bypass-list',
  'proxy-auto-detect',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'allow-insecure-localhost',
  'disable-web-security',
  'allow-running-insecure-content',
  'allow-file-access-from-files',
  'unsafely-treat-insecure-origin-as-secure',
  'unsafely-disable-devtools-self-xss-warnings',
  'log-net-log',
  'ssl-key-log-file',
  'use-fake-ui-for-media-stream',
  'load-extension',
] as const

/** Before the app is ready, when Chromium has not looked at them yet. */
export function clearSwitches(commandLine: { removeSwitch(name: string): void }): void {
  for (const name of meddlingSwitches) commandLine.removeSwitch(name)
}
