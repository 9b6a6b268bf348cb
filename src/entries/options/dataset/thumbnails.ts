// Addresses of thumbnails for the grid: read when a tile comes near, kept while recently seen, then given back.
import { useEffect, useState } from 'preact/hooks';
import { thumbnailOf } from '../../../edges/store/samples';

/** Tiles kept ready; at about 10 KB each this is a few megabytes. */
const KEPT = 600;
const urls = new Map<string, Promise<string | undefined>>();

async function read(sha256: string): Promise<string | undefined> {
  const blob = await thumbnailOf(sha256);
  return blob && URL.createObjectURL(blob);
}

function urlOf(sha256: string): Promise<string | undefined> {
  const known = urls.get(sha256);
  urls.delete(sha256);
  const url = known ?? read(sha256);
  urls.set(sha256, url);
  for (const [oldest, old] of urls) {
    if (urls.size <= KEPT) break;
    urls.delete(oldest);
    old.then(
      address => address && URL.revokeObjectURL(address),
      () => undefined,
    );
  }
  return url;
}

export type Thumbnail = { state: 'reading' | 'missing' } | { state: 'ready'; url: string };

/** The thumbnail of a sample; `missing` when the browser lost or damaged it. */
export function useThumbnail(sha256: string): Thumbnail {
  const [thumbnail, set] = useState<Thumbnail>({ state: 'reading' });
  useEffect(() => {
    let current = true;
    set({ state: 'reading' });
    urlOf(sha256).then(
      url => current && set(url ? { state: 'ready', url } : { state: 'missing' }),
      () => {
        urls.delete(sha256);
        if (current) set({ state: 'missing' });
      },
    );
    return () => {
      current = false;
    };
  }, [sha256]);
  return thumbnail;
}
