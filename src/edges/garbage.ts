// Keeps a worker small through which gigabytes stream: its garbage is collected early.

const MEGABYTE = 1024 * 1024;
const EVERY = 4 * MEGABYTE;
const UNTOUCHED = 16 * MEGABYTE;
/** Kept until they have grown old: what dies young is freed without a look at anything else. */
const KEPT = 8;

/**
 * To be told of every byte that has become garbage. V8 lets 64 MB of dead buffers gather before it looks for them, more
 * when it is busy, and with them a few kilobytes for every stored blob, which it does not count at all. But it counts
 * buffers by their length, and pages that nobody has touched take no memory: such buffers bring the next collection
 * nearer at no cost but addresses.
 */
export function hastenCollections(): (bytes: number) => void {
  const kept: ArrayBuffer[] = [];
  let passed = 0;
  let next = 0;
  return bytes => {
    passed += bytes;
    if (passed < EVERY) return;
    passed = 0;
    try {
      kept[next++ % KEPT] = new ArrayBuffer(UNTOUCHED);
    } catch {
      // There are no addresses left for it, so there will be a collection soon anyway.
    }
  };
}
