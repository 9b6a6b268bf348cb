// The small images of finds: those the page itself names, fetched as they are seen or looked at, without cookies, bounded in size.
import { delay } from '../../edges/delay';
import { fetchGuarded } from '../../edges/fetch-guarded';
import { unfitImage } from '../../edges/unfit-image';

/** A thumbnail has a few thousand bytes; whatever has more is none. */
const LIMITS = { headers: 8000, stalled: 5000, total: 12_000, bytes: 1_000_000 };
/** Fetched at the same time, and kept. */
const AT_ONCE = 6;
const KEPT = 1500;
const RETRY_MS = 1500;

export interface Thumbnail {
  /** An object URL of it. */
  url: string;
  image: Blob;
}

const kept = new Map<string, Promise<Thumbnail | undefined>>();
const waiting: (() => void)[] = [];
let running = 0;

/** The small image at this address; undefined when there is none that may be shown. */
export function thumbnail(address: string): Promise<Thumbnail | undefined> {
  const there = kept.get(address);
  if (there) return there;
  const made = fewAtOnce(() => load(address)).catch(() => undefined);
  kept.set(address, made);
  const [oldest] = kept;
  if (kept.size > KEPT && oldest) {
    kept.delete(oldest[0]);
    void oldest[1].then(made => made && URL.revokeObjectURL(made.url));
  }
  return made;
}

async function load(address: string): Promise<Thumbnail | undefined> {
  // Looking is no collecting, so no opt-out of collecting applies.
  const ask = () => fetchGuarded(address, { honourOptOut: false, limits: LIMITS });
  let fetched = await ask();
  if (!fetched.ok && fetched.outcome.kind === 'retry') {
    await delay(RETRY_MS);
    fetched = await ask();
  }
  if (!fetched.ok) return undefined;
  const image = new Blob([fetched.body]);
  return (await unfitImage(image)) ? undefined : { url: URL.createObjectURL(image), image };
}

async function fewAtOnce<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
