// Images for the tiles on screen: asked of a worker together, the latest first; the browser keeps none that left.
// As images the browser would keep a thousand of them decoded, which is 200 MB.

import { complain } from '../../parts/complain';
import type { TilesWorker } from '../../workers/tiles.worker';
import Worker from '../../workers/tiles.worker?worker';
import { type RunningWorker, startWorker } from '../../workers/worker-bridge';

/** Asked for at a time: about two rows, so that the first show soon and those that scrolled away meanwhile are left out. */
const AT_ONCE = 24;

interface Wish {
  sha256: string;
  side: number;
  tell: (image: ImageBitmap | undefined) => void;
}
/** A tile that scrolled away before its turn waits no longer. */
const waiting = new Set<Wish>();
let worker: RunningWorker<TilesWorker> | undefined;
let busy = false;

/** The worker, started when first asked for: while the first rows are read, so that neither waits for the other. */
export function tilePainter(): RunningWorker<TilesWorker> {
  worker ??= startWorker<TilesWorker>(Worker);
  return worker;
}

/**
 * Calls back with a square of `side` device pixels, which then belongs to the caller; with none where the browser lost the
 * thumbnail. Returns the way to stop waiting.
 */
export function wantImage(sha256: string, side: number, tell: Wish['tell']): () => void {
  const wish = { sha256, side, tell };
  waiting.add(wish);
  void serve();
  return () => void waiting.delete(wish);
}

async function serve(): Promise<void> {
  if (busy) return;
  busy = true;
  // Tiles that come in one frame are asked for together.
  await Promise.resolve();
  while (waiting.size > 0) {
    const { side } = [...waiting].at(-1)!;
    const wishes = [...waiting].filter(wish => wish.side === side).slice(-AT_ONCE);
    const images = await tilePainter()
      .remote.images(
        wishes.map(({ sha256 }) => sha256),
        side,
      )
      .catch((error): undefined[] => {
        worker = undefined;
        complain(error);
        return [];
      });
    for (const [i, wish] of wishes.entries()) {
      const image = images[i];
      if (waiting.delete(wish)) wish.tell(image);
      else image?.close();
    }
  }
  busy = false;
}
