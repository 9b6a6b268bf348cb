// Addresses of thumbnails for the grid: read for the tiles on screen together, kept while recently seen, then given back.
import { useLayoutEffect, useState } from 'preact/hooks';
import { thumbnailsOf } from '../../../edges/store/samples';

/** Tiles kept ready; at about 10 KB each this is a few megabytes. */
const KEPT = 600;
/** Read in one transaction; of a longer queue the latest come first, because those are on screen now. */
const AT_ONCE = 60;

const urls = new Map<string, string>();
/** Who waits for a thumbnail; a tile that scrolled away before its turn waits no longer. */
const waiting = new Map<string, Set<(url: string | undefined) => void>>();
let reading = false;

async function readWaiting(): Promise<void> {
  if (reading) return;
  reading = true;
  // Tiles that come in one frame are read together.
  await Promise.resolve();
  while (waiting.size > 0) {
    const batch = [...waiting.keys()].slice(-AT_ONCE);
    const blobs = await thumbnailsOf(batch).catch(() => []);
    for (const [i, sha256] of batch.entries()) {
      const blob = blobs[i];
      const told = waiting.get(sha256);
      waiting.delete(sha256);
      if (!told) continue;
      const url = blob && URL.createObjectURL(blob);
      if (url) keep(sha256, url);
      for (const tell of told) tell(url);
    }
  }
  reading = false;
}

function keep(sha256: string, url: string): void {
  urls.delete(sha256);
  urls.set(sha256, url);
  for (const [oldest, old] of urls) {
    if (urls.size <= KEPT) break;
    urls.delete(oldest);
    URL.revokeObjectURL(old);
  }
}

/** Calls back with the address, at once when it is known; with none where the browser lost the thumbnail. Returns the way to stop waiting. */
function want(sha256: string, tell: (url: string | undefined) => void): () => void {
  const known = urls.get(sha256);
  if (known !== undefined) {
    keep(sha256, known);
    tell(known);
    return () => undefined;
  }
  const told = waiting.get(sha256) ?? new Set();
  waiting.set(sha256, told.add(tell));
  void readWaiting();
  return () => {
    told.delete(tell);
    if (told.size === 0 && waiting.get(sha256) === told) waiting.delete(sha256);
  };
}

export type Thumbnail = { state: 'reading' | 'missing' } | { state: 'ready'; url: string };

/** The thumbnail of a sample; `missing` when the browser lost it, which for a damaged file shows when it is drawn. */
export function useThumbnail(sha256: string): Thumbnail & { onError: () => void } {
  const [thumbnail, set] = useState<Thumbnail>({ state: 'reading' });
  const onError = () => set({ state: 'missing' });
  useLayoutEffect(() => {
    set({ state: 'reading' });
    return want(sha256, url => (url ? set({ state: 'ready', url }) : onError()));
  }, [sha256]);
  return { ...thumbnail, onError };
}
