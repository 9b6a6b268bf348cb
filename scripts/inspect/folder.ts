// The files below a folder on the disk, with paths that begin with its name, as a browser gives those of a chosen folder.
import { openAsBlob } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { TreeFile } from '../../src/pipeline/import/image-files';

/** A slip with a whole disk ends here. */
const MOST_FILES = 200_000;

export async function treeOfFolder(folder: string): Promise<TreeFile[]> {
  const root = resolve(folder);
  const files: TreeFile[] = [];
  const walk = async (at: string, path: string): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (files.length >= MOST_FILES) return;
      const place = join(at, entry.name);
      // Links are not followed: they may lead round in circles.
      if (entry.isDirectory()) await walk(place, `${path}/${entry.name}`);
      else if (entry.isFile()) files.push(fileAt(place, `${path}/${entry.name}`, (await stat(place)).size));
    }
  };
  await walk(root, basename(root));
  return files;
}

function fileAt(place: string, path: string, size: number): TreeFile {
  return {
    path,
    size,
    read: () => openAsBlob(place),
    head: async most => {
      const handle = await open(place);
      try {
        const { buffer, bytesRead } = await handle.read(new Uint8Array(most), 0, most, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}
