import process from 'node:process'

const barWidth = 28
const lineStep = 0.25

/** @param {string} label @param {number} done @param {number} total */
export function progressLine(label, done, total) {
  const share = portion(done, total)
  const filled = Math.round(share * barWidth)
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  return `${label} ${bar} ${String(Math.floor(share * 100)).padStart(3)} % of ${megabytes(total)}`
}

/**
 * A bar that redraws itself on a terminal, a line for every quarter elsewhere.
 * @param {string} label
 * @param {{ write(text: string): unknown, isTTY?: boolean }} [stream]
 */
export function startProgress(label, stream = process.stderr) {
  let reported = 0
  const isTerminal = stream.isTTY === true
  return {
    /** @param {number} done @param {number} total */
    advance(done, total) {
      if (isTerminal) stream.write(`\r\u001b[K${progressLine(label, done, total)}`)
      const share = portion(done, total)
      if (isTerminal || share < reported + lineStep) return
      reported = Math.floor(share / lineStep) * lineStep
      stream.write(`${label}: ${Math.round(reported * 100)} % of ${megabytes(total)}\n`)
    },
    /** @param {string} outcome */
    end(outcome) {
      stream.write(`${isTerminal ? '\r\u001b[K' : ''}${label}: ${outcome}\n`)
    },
  }
}

/** @param {number} done @param {number} total */
function portion(done, total) {
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`
}
