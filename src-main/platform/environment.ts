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
