// Unpacks a zip as its receiver would, empty folders too.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';

export async function unpack(path: string, folder: string): Promise<JSZip> {
  rmSync(folder, { recursive: true, force: true });
  const zip = await JSZip.loadAsync(await readFile(path), { checkCRC32: true });
  for (const [name, entry] of Object.entries(zip.files)) {
    const target = join(folder, name);
    mkdirSync(entry.dir ? target : dirname(target), { recursive: true });
    if (!entry.dir) writeFileSync(target, await entry.async('uint8array'));
  }
  return zip;
}
