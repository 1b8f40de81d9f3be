import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const password = 'test'

/** Starts nothing by itself, as the bus of a real desktop would: what is absent stays absent. */
const busRules = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`

/** A session bus of its own with a real gnome-keyring that can be locked, hung, taken away and exchanged. */
export class PrivateDesktop {
  readonly #folder: string
  readonly #bus: ChildProcess
  readonly #address: string
  #keyring: ChildProcess | null = null
  #name = ''

  private constructor(folder: string, bus: ChildProcess, address: string) {
    this.#folder = folder
    this.#bus = bus
    this.#address = address
  }

  static async start(): Promise<PrivateDesktop> {
    const folder = await mkdtemp(path.join(tmpdir(), 'parley-desktop-'))
    const rules = path.join(folder, 'bus.conf')
    await writeFile(rules, busRules)
    await mkdir(path.join(folder, 'run'), { mode: 0o700 })
    const bus = spawn('dbus-daemon', [`--config-file=${rules}`, '--print-address=1', '--nofork'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = (await once(bus.stdout, 'data')) as [Buffer]
    return new PrivateDesktop(folder, bus, line.toString().trim())
  }

  /** For an app that is to live on this desktop. */
  get env(): Readonly<Record<string, string>> {
    return { DBUS_SESSION_BUS_ADDRESS: this.#address }
  }

  /** Each name is a keyring of its own, kept from one start to the next. */
  async startKeyring(name: string): Promise<void> {
    await this.stopKeyring()
    this.#name = name
    const home = path.join(this.#folder, name)
    await mkdir(home, { recursive: true, mode: 0o700 })
    const words = ['--foreground', '--unlock', '--components=secrets']
    this.#keyring = this.#daemon(words, { XDG_DATA_HOME: home })
    await this.#until(async () => (await this.#isOnBus()) && !(await this.#isLocked()))
  }

  async startCopyOfKeyring(original: string, name: string): Promise<void> {
    await cp(path.join(this.#folder, original), path.join(this.#folder, name), { recursive: true })
    await this.startKeyring(name)
  }

  async stopKeyring(): Promise<void> {
    const keyring = this.#keyring
    this.#keyring = null
    if (keyring === null) return
    keyring.kill('SIGKILL')
    await this.#until(async () => !(await this.#isOnBus()))
  }

  /** It keeps its name on the bus and answers nothing. */
  hangKeyring(): Promise<void> {
    this.#keyring?.kill('SIGSTOP')
    return Promise.resolve()
  }

  async lockKeyring(): Promise<void> {
    const collection = 'array:objpath:/org/freedesktop/secrets/collection/login'
    await this.#send('/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', collection)
    await this.#until(() => this.#isLocked())
  }

  /** A new daemon with the password: the only way without somebody at a dialog. */
  async unlockKeyring(): Promise<void> {
    await this.startKeyring(this.#name)
  }

  /** As if somebody had removed Chromium's entry with the keyring's own program. */
  async deleteSecret(): Promise<void> {
    const schema = 'dict:string:string:xdg:schema,chrome_libsecret_os_crypt_password_v2'
    const found = await this.#send(
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.SearchItems',
      schema,
    )
    const [item] = /\/org\/freedesktop\/secrets\/collection\/\w+\/\d+/.exec(found) ?? []
    if (item === undefined) throw new Error('The keyring has no secret of Electron')
    await this.#send(item, 'org.freedesktop.Secret.Item.Delete')
  }

  async close(): Promise<void> {
    this.#keyring?.kill('SIGKILL')
    this.#bus.kill('SIGKILL')
    await rm(this.#folder, { recursive: true, force: true })
  }

  #daemon(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const daemon = spawn('gnome-keyring-daemon', words, {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, ...this.env, XDG_RUNTIME_DIR: path.join(this.#folder, 'run'), ...env },
    })
    daemon.stdin.end(password)
    return daemon
  }

  async #isOnBus(): Promise<boolean> {
    const words = ['--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner']
    return (await this.#call([...words, 'string:org.freedesktop.secrets'])).includes('true')
  }

  async #isLocked(): Promise<boolean> {
    const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
    const member = 'org.freedesktop.DBus.Properties.Get'
    return (await this.#send('/org/freedesktop/secrets/aliases/default', member, ...property)).includes(
      'true',
    )
  }

  #send(object: string, member: string, ...args: readonly string[]): Promise<string> {
    return this.#call(['--dest=org.freedesktop.secrets', object, member, ...args])
  }

  async #call(words: readonly string[]): Promise<string> {
    const env = { ...process.env, ...this.env }
    const { stdout } = await run('dbus-send', ['--session', '--print-reply', ...words], { env })
    return stdout
  }

  async #until(isSo: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 10_000; !(await isSo());) {
      if (Date.now() > end) throw new Error('The keyring did not do as it was told within 10 seconds')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
