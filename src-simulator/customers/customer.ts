import type { Clock, Stop } from '../clock.ts'
import type { ContactHandle } from '../contact-handle.ts'
import type { Random } from '../random.ts'
import { between } from '../random.ts'
import { contentTypes } from '../room/content-types.ts'
import { takesReceipts } from '../room/receipt-book.ts'
import type { TranscriptItem } from '../room/transcript-item.ts'
import { produce } from './paper.ts'
import { phrases } from './phrases.ts'
import type { Reaction, Script, Step } from './script.ts'

/** How often somebody who goes on writing is shown as writing. */
const typingAgainMs = 8000

type Tools = Readonly<{ clock: Clock; random: Random; speed: number }>

/** Plays one customer: reads, thinks, types, answers what the agent really wrote, loses patience, leaves. */
export class Customer {
  readonly contact: ContactHandle
  readonly #script: Script
  readonly #tools: Tools
  readonly #spent = new Set<Reaction>()
  readonly #turns = { unsure: 0, assent: 0, gotFile: 0, nag: 0 }
  readonly #timers = new Set<Stop>()
  readonly #stopListening: Stop
  #plan: Step[] = []
  #isWriting = false
  #isLeaving = false
  #hasMetAgent = false
  #stopWaiting: Stop | undefined

  constructor(contact: ContactHandle, script: Script, tools: Tools) {
    this.contact = contact
    this.#script = script
    this.#tools = tools
    this.#stopListening = contact.onItem((item) => this.#notice(item))
  }

  stop(): void {
    this.#stopListening()
    this.#stopWaiting?.()
    for (const stopTimer of [...this.#timers]) stopTimer()
    this.#timers.clear()
  }

  #notice(item: TranscriptItem): void {
    if (item.ContentType === contentTypes.ended) this.stop()
    else if (item.ParticipantRole !== 'AGENT') return
    else if (item.ContentType === contentTypes.joined) this.#meetAgent()
    else if (item.Type === 'MESSAGE') this.#read(item, () => this.#answer(item.Content ?? ''))
    else if (item.Type === 'ATTACHMENT' && item.Attachments?.[0]?.Status === 'APPROVED')
      this.#later(between(this.#tools.random, 1500, 3000), () => this.#intend([this.#next('gotFile')]))
  }

  #meetAgent(): void {
    if (this.#hasMetAgent) return
    this.#hasMetAgent = true
    this.#later(between(this.#tools.random, 800, 2000), () =>
      this.#intend(this.#script.opening.map((step) => this.#fill(step, ''))),
    )
    this.#waitForAgent()
  }

  #read(item: TranscriptItem, then: () => void): void {
    const { random } = this.#tools
    this.#stopWaiting?.()
    this.#later(between(random, 200, 600), () => this.#acknowledge('delivered', item.Id))
    this.#later(between(random, 900, 2500), () => {
      this.#acknowledge('read', item.Id)
      then()
    })
  }

  #acknowledge(kind: 'delivered' | 'read', messageId: string): void {
    if (takesReceipts(this.contact.room.participants)) this.contact.acknowledge(kind, messageId)
  }

  #answer(text: string): void {
    const fill = (steps: readonly Step[]): readonly Step[] => steps.map((step) => this.#fill(step, text))
    const reaction = [...this.#script.reactions, ...phrases[this.#script.language].reactions].find(
      (one) => !this.#spent.has(one) && one.when.test(text),
    )
    if (reaction) {
      this.#spent.add(reaction)
      this.#isLeaving ||= reaction.andLeaves ?? false
      this.#intend(fill(reaction.then))
    } else if (text.includes('?')) this.#intend(fill([this.#next('unsure')]))
    else if (!this.#isWriting) this.#intend(fill([this.#next('assent')]))
  }

  #next(kind: 'unsure' | 'assent' | 'gotFile'): string {
    const choices = phrases[this.#script.language][kind]
    const turn = this.#turns[kind]
    this.#turns[kind] += 1
    return choices[turn % choices.length] ?? choices[0]
  }

  #fill(step: Step, heard: string): Step {
    if (typeof step !== 'string') return step
    const { customerName, attributes } = this.#script
    const known: Readonly<Record<string, string | undefined>> = {
      order: attributes['Order'],
      item: attributes['Item'],
      name: customerName,
      quote: shorten(heard),
    }
    return step.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
  }

  #intend(steps: readonly Step[]): void {
    this.#plan.push(...steps)
    if (!this.#isWriting) this.#write()
  }

  /** One thing after the other, each with the time it takes to write. */
  #write(): void {
    const step = this.#plan.shift()
    this.#isWriting = step !== undefined
    if (step === undefined) {
      if (this.#isLeaving) this.#later(between(this.#tools.random, 1500, 3500), () => this.contact.end())
      else this.#waitForAgent()
      return
    }
    this.#later(between(this.#tools.random, 300, 900), () => {
      this.#keepTyping(this.#writingMs(step), () => {
        if (typeof step === 'string') this.contact.say(step)
        else this.contact.attach(produce(step, this.#tools.random))
        this.#write()
      })
    })
  }

  #keepTyping(forMs: number, then: () => void): void {
    this.contact.type()
    if (forMs <= typingAgainMs) this.#later(forMs, then)
    else this.#later(typingAgainMs, () => this.#keepTyping(forMs - typingAgainMs, then))
  }

  #writingMs(step: Step): number {
    const { random } = this.#tools
    if (typeof step !== 'string') return between(random, 2500, 5000)
    const perCharacter = between(random, 25, 45) / (this.#script.pace ?? 1)
    return Math.min(14_000, Math.max(900, step.length * perCharacter))
  }

  #waitForAgent(): void {
    const { impatience } = this.#script
    const line = impatience?.lines[this.#turns.nag]
    this.#stopWaiting?.()
    if (!impatience || line === undefined) return
    const waitMs = impatience.afterSeconds * 1000 * between(this.#tools.random, 0.9, 1.2)
    this.#stopWaiting = this.#later(waitMs, () => {
      this.#turns.nag += 1
      this.#intend([line])
    })
  }

  #later(delayMs: number, act: () => void): Stop {
    const stopTimer = this.#tools.clock.after(delayMs / this.#tools.speed, () => {
      this.#timers.delete(stop)
      act()
    })
    const stop: Stop = () => {
      this.#timers.delete(stop)
      stopTimer()
    }
    this.#timers.add(stop)
    return stop
  }
}

/** A few words of what was heard, cut at a space. */
function shorten(heard: string): string {
  const line = heard
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.?!]+$/, '')
  if (line.length <= 48) return line
  return `${line.slice(0, line.lastIndexOf(' ', 48)).trimEnd()} …`
}
