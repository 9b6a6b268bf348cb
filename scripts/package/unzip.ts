// Reads a package back.
import JSZip from 'jszip';
import type { PackedFile } from './zip';

export async function unzipped(bytes: Uint8Array): Promise<PackedFile[]> {
  const { files } = await JSZip.loadAsync(bytes);
  return Promise.all(
    Object.values(files).map(async file => ({ path: file.name, bytes: await file.async('uint8array') })),
  );
}
