import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The second that the page shows. One tick for all waiting times, so that they change together. */
export const useClock = defineStore('clock', () => {
  const now = ref(Date.now())

  function tick(): void {
    now.value = Date.now()
  }

  /** Ticks until the returned function is called. */
  function start(): () => void {
    tick()
    const timer = window.setInterval(tick, 1_000)
    return () => window.clearInterval(timer)
  }

  return { now, tick, start }
})
