import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator } from '@playwright/test'
import { startConnectProxy } from './connect-proxy.ts'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { shoot } from './screenshots.ts'

async function openInstance(desk: Console, name: RegExp): Promise<Locator> {
  await desk.button('Settings').click()
  await desk.page.getByRole('list', { name: 'Connect instances' }).getByRole('button', { name }).click()
  return desk.page.getByRole('form', { name })
}

const here = /127\.0\.0\.1/
const certificate = `-----BEGIN CERTIFICATE-----
MIIBoTCCAUegAwIBAgIUY7e//AVI7V/VqvJv48UgJCoc0lYwCgYIKoZIzj0EAwIw
JTEOMAwGA1UECgwFQWxkZXIxEzARBgNVBAMMCkFsZGVyIFJvb3QwIBcNMjYxMTIy
MjMyMjE3WhgPMjEyNjEwMjkyMzIyMTdaMCUxDjAMBgNVBAoMBUFsZGVyMRMwEQYD
VQQDDApBbGRlciBSb290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJIccrrxW
xby9VDCD7Bk6+XWspTeLuFH2uzOQXks8mvH2J1L9B5i8IXjDMarAeVjj/r4P9i3e
osOIS2Jg2sNhvKNTMFEwHQYDVR0OBBYEFNO5wLbbKCbZubaQd6G+/RBNul/5MB8G
A1UdIwQYMBaAFNO5wLbbKCbZubaQd6G+/RBNul/5MA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDSAAwRQIgE1c1mAQggUJ0G6XqkXgYlrSapabg2xBxEvwKJN2V
1ogCIQD3nZgzpLW9qZ53sSHk/m50YORZT8FgCl9rFgErqbJ6pg==
-----END CERTIFICATE-----`
const contact = { customerName: 'Ana Torres' }

test('a shorter message limit holds in the open chat, and another start still knows it', async ({
  desk,
  launch,
  simulator,
}) => {
  const ana = simulator.contact(contact)
  await desk.meet(ana)
  const form = await openInstance(desk, here)

  await form.getByRole('textbox', { name: 'Message characters', exact: true }).fill('many')
  await expect(form.getByText('Type a whole number from 1 to 16384.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Message characters', exact: true }).fill('20')
  await form.getByRole('switch', { name: 'Strict validation' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Saved.')).toBeVisible()

  await desk.open('Ana Torres')
  await desk.composer('Ana Torres').fill('This is longer than twenty characters.')
  await expect(desk.button('Send')).toBeDisabled()
  await desk.send('Ana Torres', 'This one is short.')
  await expect
    .poll(() => simulator.requests({ operation: 'SendMessage' }).map(({ status }) => status))
    .toEqual([200])

  await desk.app.close()
  const again = await openInstance(await launch(), here)
  await expect(again.getByRole('textbox', { name: 'Message characters', exact: true })).toHaveValue('20')
  await expect(again.getByRole('switch', { name: 'Strict validation' })).not.toBeChecked()
})

test('a proxy and the log are in force with the next call, and the test says who answered', async ({
  desk,
  profile,
  simulator,
}) => {
  const proxy = await startConnectProxy()
  await desk.meet(simulator.contact(contact))
  const form = await openInstance(desk, here)
  await form.getByRole('radio', { name: 'Manual' }).click()
  await form.getByRole('textbox', { name: 'Proxy address', exact: true }).fill(proxy.url)
  await form.getByRole('textbox', { name: 'Exceptions', exact: true }).fill('<-loopback>')
  await form.getByRole('switch', { name: 'Request log' }).click()

  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByRole('status', { name: 'Connection test' })).toContainText(/answered after \d+ ms/)
  expect(proxy.asked).toEqual([new URL(simulator.endpoint).host])

  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Saved.')).toBeVisible()
  await desk.open('Ana Torres')
  await desk.send('Ana Torres', 'Through the proxy, canary.')
  await expect.poll(() => simulator.requests({ operation: 'SendMessage' }).length).toBe(1)
  expect(proxy.asked).toHaveLength(2)
  const log = async () => readFile(path.join(profile, 'logs', 'parley.log'), 'utf8')
  await expect.poll(log).toContain('"operation":"SendMessage"')
  expect(await log()).not.toContain('canary')
  await proxy.close()
})

test('a disk that does not take the settings is told of, and what was typed stays', async ({
  desk,
  profile,
  simulator,
}) => {
  await desk.meet(simulator.contact(contact))
  const form = await openInstance(desk, here)
  await form.getByRole('textbox', { name: 'Attempts', exact: true }).fill('7')
  // Nobody can write a file where a folder is, not even an administrator.
  await rm(path.join(profile, 'settings.json'))
  await mkdir(path.join(profile, 'settings.json'))

  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByRole('alert')).toContainText('Nothing was changed.')
  await expect(form.getByRole('textbox', { name: 'Attempts', exact: true })).toHaveValue('7')
})

test('an instance can be set up before the first chat, and is removed again', async ({ desk }) => {
  await desk.button('Settings').click()
  await desk.button('Add an instance').click()
  const form = desk.page.getByRole('form', { name: 'New instance' })
  await form.getByRole('textbox', { name: 'Label', exact: true }).fill('Alder UK')
  await form.getByRole('textbox', { name: 'Region', exact: true }).fill('eu-west-2')
  await form.getByRole('switch', { name: 'FIPS' }).click()
  await expect(form.getByText('FIPS and dual-stack belong to the region’s own address.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Endpoint', exact: true }).fill('')
  await form.getByRole('button', { name: 'Save' }).click()

  const row = desk.page
    .getByRole('list', { name: 'Connect instances' })
    .getByRole('button', { name: /Alder UK/ })
  await expect(row).toBeVisible()
  await desk.page.getByRole('form', { name: 'Alder UK' }).getByRole('button', { name: 'Remove' }).click()
  await desk.page
    .getByRole('dialog', { name: 'Remove Alder UK?' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await expect(row).toBeHidden()
})

test('how the settings of an instance look', async ({ desk, profile, simulator }) => {
  await desk.meet(simulator.contact(contact))
  const form = await openInstance(desk, here)
  await shoot(desk, 'settings-instance')

  const file = path.join(profile, 'company.pem')
  await writeFile(file, certificate)
  await desk.openFrom(file)
  await form.getByRole('radio', { name: 'Manual' }).click()
  await form.getByRole('textbox', { name: 'Proxy address', exact: true }).fill('proxy.example')
  await form.getByRole('textbox', { name: 'Attempts', exact: true }).fill('12')
  await form.getByRole('button', { name: 'Add a file' }).click()
  await expect(form.getByRole('list', { name: 'Extra certificates' })).toContainText('Alder Root')
  await form.getByRole('button', { name: 'Test connection' }).click()
  await shoot(desk, 'settings-typed')
  await form.getByRole('textbox', { name: 'Attempts', exact: true }).scrollIntoViewIfNeeded()
  await shoot(desk, 'settings-patience')
  await form.getByText('Request rates').click()
  await form.getByRole('textbox', { name: 'Messages per second', exact: true }).fill('0')
  await shoot(desk, 'settings-rates')
  await desk.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(640, 500)
  })
  await form.getByRole('textbox', { name: 'Label', exact: true }).scrollIntoViewIfNeeded()
  await shoot(desk, 'settings-narrow')
  await form.getByRole('textbox', { name: 'Attempts', exact: true }).scrollIntoViewIfNeeded()
  await shoot(desk, 'settings-narrow-patience')
})
