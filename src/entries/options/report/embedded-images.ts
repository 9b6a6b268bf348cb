// Thumbnails as data addresses, for files that must hold their images themselves.
import { sampleByHash, thumbnailOf } from '../../../edges/store/samples';

/** By SHA-256; images deleted since, or lost, are left out. Rejects with the signal's reason. */
export async function embeddedImages(sha256s: Iterable<string>, signal?: AbortSignal): Promise<Map<string, string>> {
  const images = new Map<string, string>();
  for (const sha256 of new Set(sha256s)) {
    signal?.throwIfAborted();
    const sample = await sampleByHash(sha256);
    const thumbnail = sample && !sample.deletedAt ? await thumbnailOf(sha256) : undefined;
    if (thumbnail) images.set(sha256, await dataAddress(thumbnail));
  }
  return images;
}

export function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
