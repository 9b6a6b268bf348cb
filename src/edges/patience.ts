// Gives up on work that does not end. What is given up on may go on for as long as it likes; nobody waits for it.

/** The beat that is counted. A computer that sleeps, or a thread that is busy, misses beats and so is not counted against. */
const BEAT = 1_000;

/** What `work` gives, or the rejection of a TimeoutError after about so many ms; the signal `work` gets then aborts. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const given = new AbortController();
  let beats = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(
      () => {
        if (++beats * BEAT < ms) return;
        const error = new DOMException(`not done after ${ms} ms`, 'TimeoutError');
        given.abort(error);
        reject(error);
      },
      Math.min(BEAT, ms),
    );
  });
  try {
    return await Promise.race([work(given.signal), late]);
  } finally {
    clearInterval(timer);
  }
}
