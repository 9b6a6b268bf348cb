// Does slow work for a few items at a time and hands the results on in the order of the items.

/**
 * Keeps `count` works running ahead of the consumer. A work that rejects ends the sequence with its error; the others
 * are waited for, so that none is left running.
 */
export async function* readAhead<T, R>(
  items: AsyncIterable<T>,
  count: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      running.push(work(item));
      const first = running.length >= count ? running.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = running.shift(); next; next = running.shift()) yield await next;
  } finally {
    await Promise.allSettled(running);
  }
}
