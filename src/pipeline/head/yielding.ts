// Lets a busy worker hear its page: gives the event loop a turn from time to time.

/** Returns a function to await often; it gives way only when `everyMs` have passed since it last did. */
export function yielding(everyMs = 50): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    await new Promise(resolve => setTimeout(resolve, 0));
    last = performance.now();
  };
}
