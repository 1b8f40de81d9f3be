/** A bug, planted by changing one place of the engine's source. */
export interface Mutant {
  readonly bug: string
  /** Below `src-main`. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export const mutants: readonly Mutant[] = [
  {
    bug: 'shows a message as queued before the disk has it',
    file: 'chat/outbox.ts',
    find: '    await saved\n',
    replace: '',
  },
  {
    bug: 'does not sync the first save of a chat',
    file: 'store/durability.ts',
    find: 'return chat.endedAt !== null || !knowsChat(chat.chatId)',
    replace: 'return chat.endedAt !== null',
  },
  {
    bug: 'shows every copy of an item',
    file: 'chat/transcript.ts',
    find: 'if (known === undefined) return this.#admit(item, isOlder)',
    replace: 'if (item) return this.#admit(item, isOlder)',
  },
  {
    bug: 'trusts the order of arrival',
    file: 'chat/entry-merge.ts',
    find: 'return { id, serviceId, at, seq, previousContactId, kind, sender, body, delivery, streaming }',
    replace:
      'return { id, serviceId, at: seq, seq, previousContactId, kind, sender, body, delivery, streaming }',
  },
  {
    bug: 'reads nothing after a new socket',
    file: 'chat/catch-up.ts',
    find: "    this.#clearTimer()\n    void this.#read('whole')\n",
    replace: '    this.#clearTimer()\n    this.#events.recentDone(true)\n',
  },
  {
    bug: 'takes a reading that began before the socket for one that proves what came since',
    file: 'chat/catch-up.ts',
    find: '    this.#isCurrent = false\n',
    replace: '',
  },
  {
    bug: 'reads nothing after a planned change of sockets',
    file: 'chat/link.ts',
    find: "if (state.link.phase === 'live') return { next: known, effects: [{ do: 'catch-up' }] }",
    replace: "if (state.link.phase === 'live') return { next: known, effects: [] }",
  },
  {
    bug: 'reads only the first page of what was missed',
    file: 'chat/backfill.ts',
    find: '    if (page.nextToken === null) {',
    replace: '    if (page) {',
  },
  {
    bug: 'takes a new client token for every try',
    file: 'chat/outgoing.ts',
    find: 'calls.sendMessage({ contentType, content, clientToken }, call)',
    replace: 'calls.sendMessage({ contentType, content, clientToken: clientToken + Math.random() }, call)',
  },
  {
    bug: 'writes down how far it has read before what it has read',
    file: 'chat/chat-keeper.ts',
    find: '    for (const id of this.#settled) {',
    replace: '    await this.#ports.store.saveChat(chat)\n    for (const id of this.#settled) {',
  },
  {
    bug: 'believes after a crash that queued messages never left',
    file: 'chat/parcel.ts',
    find: 'isFailed, isInDoubt: !isFailed }',
    replace: 'isFailed, isInDoubt: false }',
  },
  {
    bug: 'trusts the service to remember client tokens for ever',
    file: 'chat/look-up.ts',
    find: 'return parcel.isInDoubt || (parcel.verdict === null && this.isStale(parcel))',
    replace: 'return parcel.isInDoubt && parcel.verdict !== null',
  },
  {
    bug: 'sends several messages at once',
    file: 'chat/outbox.ts',
    find: 'if (!this.#isOpen || this.#flight !== null || this.#stopWaiting !== null) return\n    const [parcel] = this.#parcels.waiting',
    replace:
      'if (!this.#isOpen || this.#stopWaiting !== null) return\n    const parcel = this.#parcels.waiting.find((one) => one !== this.#flight?.parcel)',
  },
  {
    bug: 'keeps the echo beside the message',
    file: 'chat/transcript.ts',
    find: 'if (echo !== undefined && echo.id !== id) this.#entries.remove(echo.id)',
    replace: '',
  },
  {
    bug: 'gives up when the network is away for long',
    file: 'chat/link.ts',
    find: '  // The first loss after a stable time',
    replace:
      "  if (lost.attempt > 6) return end(lost, 'rejected', world.now)\n  // The first loss after a stable time",
  },
  {
    bug: 'never notices a silent socket',
    file: 'participant/chat-socket.ts',
    find: "() => this.#die('timed-out', 'missed a heartbeat')",
    replace: '() => undefined',
  },
  {
    bug: 'takes one refusal for the end of the chat',
    file: 'chat/link.ts',
    find: 'const mostRefusals = 2',
    replace: 'const mostRefusals = 1',
  },
  {
    bug: 'uses the late answer of an abandoned dial',
    file: 'participant/participant-connection.ts',
    find: `      const url = await this.#freshUrl(generation, signal)
      if (generation !== this.#generation) return
`,
    replace: '      const url = await this.#freshUrl(generation, new AbortController().signal)\n',
  },
  {
    bug: 'forgets that a try without an answer may have worked',
    file: 'chat/outbox.ts',
    find: 'if (hasLeft && mayHaveWorked(failure)) parcel.isInDoubt = true',
    replace: '',
  },
  {
    bug: 'takes a message out of the outbox as it leaves',
    file: 'chat/outgoing.ts',
    find: "          transcript.deliver(entryId, { state: 'sending' })\n",
    replace:
      "          transcript.deliver(entryId, { state: 'sending' })\n          record.settle(entryId)\n",
  },
  {
    bug: 'numbers new messages from one after a restart',
    file: 'chat/transcript.ts',
    find: '    this.#highSeq = Math.max(this.#highSeq, Math.ceil(entry.seq))\n    this.#entries.put(entry)',
    replace: '    this.#entries.put(entry)',
  },
  {
    bug: 'reads back only one page when an id is refused',
    file: 'chat/backfill.ts',
    find: 'if (nextToken === null || pages[0]?.some((item) => reaches(item, cursor)) === true) break',
    replace: 'break',
  },
  {
    bug: 'completes a file without a note in the journal',
    file: 'chat/upload-runner.ts',
    find: "    await store.saveUpload(journaled(chatId, job, 'completing'))\n",
    replace: '',
  },
  {
    bug: 'completes a file that the storage refused',
    file: 'chat/upload-run.ts',
    find: '  await ports.calls.storeFile(ticket, {',
    replace: '  void ports.calls.storeFile(ticket, {',
  },
  {
    bug: 'does not try again after a failed send',
    file: 'chat/outbox.ts',
    find: '      this.#stopWaiting = null\n      this.pump()\n    })',
    replace: '      this.#stopWaiting = null\n    })',
  },
  {
    bug: 'does not tell the mirror what went away',
    file: 'chat/ordered-entries.ts',
    find: '    const removed = [...this.#removed]\n',
    replace: '    const removed = []\n',
  },
  {
    bug: 'takes a page that leads back to itself for the last',
    file: 'chat/transcript-pager.ts',
    find: '        this.#note(page)\n        return page\n',
    replace:
      '        const isBack = page.nextToken !== null && this.#usedTokens.has(page.nextToken)\n        return isBack ? { ...page, nextToken: null } : page\n',
  },
  {
    bug: 'says complete while the history is still being read',
    file: 'chat/catch-up.ts',
    find: 'if (isCompleteEarly) this.#events.complete(at)',
    replace: 'this.#events.complete(at)',
  },
  {
    bug: 'keeps a socket whose heart beats and which says nothing',
    file: 'chat/subscription-watch.ts',
    find: '    this.#events.silent()\n',
    replace: '',
  },
  {
    bug: 'reads only when something seems to be missing',
    file: 'chat/catch-up.ts',
    find: "else void this.#read(this.#isWanted || !this.#isCurrent ? 'whole' : 'audit')",
    replace: "else if (this.#isWanted || !this.#isCurrent) void this.#read('whole')",
  },
  {
    bug: 'takes a gateway for the service that refuses it',
    file: 'participant/service-error.ts',
    find: "return error instanceof DeskError && error.failure.code === 'denied'",
    replace: "return error instanceof DeskError && ['denied', 'gateway'].includes(error.failure.code)",
  },
  {
    bug: 'fails what a gateway did not let through',
    file: 'chat/trouble.ts',
    find: "  'gateway',\n",
    replace: '',
  },
  {
    bug: 'stays out where it is refused a socket',
    file: 'participant/participant-connection.ts',
    find: "if (codeOf(error) !== 'refused' || signal.aborted) throw error",
    replace: 'if (!signal.aborted) throw error',
  },
  {
    bug: 'takes an answer without a socket for none',
    file: 'participant/participant-connection.ts',
    find: 'if (details.credentials === null) {',
    replace: 'if (details.credentials === null || details.socket === null) {',
  },
  {
    bug: 'sends nothing without a socket',
    file: 'chat/chat-engine.ts',
    find: 'if (this.isEnded || !this.line.hasToken) return',
    replace: 'if (this.isEnded || !this.driver.isUp) return',
  },
  {
    bug: 'reads nothing without a socket',
    file: 'chat/catch-up.ts',
    find: '    this.#schedule(Math.max(pollSoon, this.#plan.untilAudit()))\n',
    replace: '',
  },
  {
    bug: 'tries no socket again where there was none',
    file: 'chat/link.ts',
    find: "  return { next: { ...state, link }, effects: [{ do: 'hang-up' }, { do: 'wait', delay }] }",
    replace: "  return { next: { ...state, link }, effects: [{ do: 'hang-up' }] }",
  },
  {
    bug: 'never says that there is no socket',
    file: 'chat/link.ts',
    find: 'return isUp(state) || state.downSince === null ? stay(state) : floor({ ...state, isBlocked: true })',
    replace: 'return stay(state)',
  },
  {
    bug: 'takes what its own clock says for the time of a reading',
    file: 'chat/incoming.ts',
    find: 'complete: (at) => record.completeUpTo(at ?? record.time.latest)',
    replace: 'complete: () => record.completeUpTo(this.#ports.clock.now())',
  },
]
