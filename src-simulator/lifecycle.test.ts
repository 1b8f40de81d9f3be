import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:https'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startSimulator } from './simulator.ts'
import { testCertificate } from './testing/certificate.ts'
import { agentOn } from './testing/chat-client.ts'

describe('a simulator that is closed', () => {
  it('is gone at once, with sockets, event streams and stories running', async () => {
    const sim = await startSimulator()
    const contact = sim.contact({ customerName: 'Amara' })
    const { socket } = await agentOn(sim, contact.agent.participantToken)
    const feed = await fetch(sim.feed)
    sim.play('busy-morning')
    sim.faults.add({ kind: 'hang' })
    const hanging = fetch(`${sim.endpoint}/participant/message`, { method: 'POST' }).catch(() => 'cut')
    const started = performance.now()

    await sim.close()

    expect(performance.now() - started).toBeLessThan(2000)
    await expect(socket.closed).resolves.toBe(1006)
    await expect(hanging).resolves.toBe('cut')
    await expect(feed.text()).rejects.toThrow('terminated')
  })

  it('lets another take its port', async () => {
    const first = await startSimulator()
    const port = Number(new URL(first.endpoint).port)
    await first.close()

    const second = await startSimulator({ port })
    await second.close()

    expect(new URL(second.endpoint).port).toBe(String(port))
  })
})

describe('a simulator with a certificate', () => {
  it('serves https and wss, and can still refuse', async () => {
    const sim = await startSimulator({ tls: testCertificate, host: 'localhost' })
    const contact = sim.contact({ customerName: 'Amara' })
    const ask = (token: string): Promise<{ status: number; body: string }> =>
      new Promise((settle, reject) => {
        const url = `${sim.endpoint}/participant/connection`
        const headers = { 'x-amz-bearer': token }
        const call = request(url, { method: 'POST', ca: testCertificate.cert, headers }, (response) => {
          let body = ''
          response.on('data', (chunk: Buffer) => {
            body += chunk.toString()
          })
          response.on('end', () => settle({ status: response.statusCode ?? 0, body }))
        })
        call.on('error', reject)
        call.end(JSON.stringify({ Type: ['WEBSOCKET'] }))
      })

    const answer = await ask(contact.agent.participantToken)
    const { Websocket } = JSON.parse(answer.body) as { Websocket: { Url: string } }
    const socket = new WebSocket(Websocket.Url, { ca: testCertificate.cert })
    await once(socket, 'open')
    sim.faults.add({ kind: 'refuse-connections' })
    await expect(ask(contact.agent.participantToken)).rejects.toThrow()
    sim.faults.clear()
    sim.faults.add({ kind: 'lose-response' })
    await expect(ask(contact.agent.participantToken)).rejects.toThrow()
    await sim.close()

    expect(sim.endpoint).toMatch(/^https:\/\/localhost:/)
    expect(Websocket.Url).toMatch(/^wss:\/\/localhost:/)
    expect(answer.status).toBe(200)
  })
})

describe('the command', () => {
  it('says where it listens on its first line and ends cleanly when told to', async () => {
    const command = spawn(
      process.execPath,
      ['--import', 'tsx', resolve(import.meta.dirname, 'cli.ts'), '--story', 'cracked-leg', '--seed', '4'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(createInterface(command.stdout), 'line')) as [string]
    const { endpoint, control, feed } = JSON.parse(line) as Record<'endpoint' | 'control' | 'feed', string>
    const contacts = await (await fetch(`${control}/contacts`)).json()
    command.kill('SIGTERM')
    const [code] = (await once(command, 'exit')) as [number]

    expect([endpoint, feed]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      `${control}/simulator/feed`,
    ])
    expect(contacts).toMatchObject([{ customerName: 'Amara Okafor' }])
    expect(code).toBe(0)
  })
})
