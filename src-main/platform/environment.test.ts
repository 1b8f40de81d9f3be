import { expect, it } from 'vitest'
import { clearEnvironment } from './environment.ts'

it('[K3] forgets what would move calls, trust strangers or let somebody read along, and nothing a desktop needs', () => {
  const needed = {
    PATH: '/usr/bin',
    HOME: '/home/ana',
    DISPLAY: ':0',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
    XDG_RUNTIME_DIR: '/run/user/1000',
    HTTPS_PROXY: 'http://proxy.example:3128',
    NO_PROXY: 'localhost',
    LANG: 'de_DE.UTF-8',
  }
  const env: NodeJS.ProcessEnv = { ...needed }
  for (const name of [
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_CONNECTPARTICIPANT',
    'AWS_CONFIG_FILE',
    'AWS_CA_BUNDLE',
    'AWS_EXECUTION_ENV',
    '_X_AMZN_TRACE_ID',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_EXTRA_CA_CERTS',
    'NODE_OPTIONS',
    'node_options',
    'NODE_USE_ENV_PROXY',
    'SSLKEYLOGFILE',
    'SSL_CERT_FILE',
    'OPENSSL_CONF',
    'ELECTRON_RENDERER_URL',
    'ELECTRON_RUN_AS_NODE',
    'LIBSQL_JS_DEV',
  ])
    env[name] = 'changed'

  clearEnvironment(env)

  expect(env).toEqual(needed)
})
