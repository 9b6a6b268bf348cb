// A stream that ends with a signal, also while whoever reads it passes everything over.

/** The items, until the signal aborts; then rejects with its reason. */
export async function* stoppable<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const item of items) {
    signal.throwIfAborted();
    yield item;
  }
}
