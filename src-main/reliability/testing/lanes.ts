/** Trials mostly wait, so this many share the time. */
const atOnce = 24

/** Runs all jobs in this order, some at a time, and returns at once. */
export function inLanes<Job, Result>(
  jobs: readonly Job[],
  run: (job: Job) => Promise<Result>,
): ReadonlyMap<Job, Promise<Result>> {
  const queue = [...jobs]
  const waitingFor = new Map(jobs.map((job) => [job, deferred<Result>()]))
  const work = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const waiting = waitingFor.get(job)
      await run(job).then(waiting?.resolve, waiting?.reject)
    }
  }
  for (let lane = 0; lane < atOnce; lane += 1) void work()
  return new Map([...waitingFor].map(([job, { promise }]) => [job, promise]))
}

interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

function deferred<T>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = () => undefined
  let reject: Deferred<T>['reject'] = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  // Whoever asks for it sees the failure; until then it is not unhandled.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
