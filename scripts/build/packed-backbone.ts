// Packs the weights that `npm run backbone` fetched into every build, with a note that says what they are.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
/** Where `npm run backbone` leaves the file and the note about it; git ignores it. */
export const PACKED_FOLDER = join(ROOT, '.cache/backbone');
/** The note, there and in the package. */
export const NOTE = 'packed.json';

/**
 * Emits `backbone/packed.json` and copies the file it names. Without a folder, or with nothing in it, the note is `null`
 * and the app has to get its weights otherwise.
 */
export function packedBackbone(folder?: string): Plugin {
  const note = folder === undefined ? '' : join(folder, NOTE);
  return {
    name: 'gleaner-packed-backbone',
    apply: 'build',
    generateBundle() {
      const source = existsSync(note) ? readFileSync(note) : 'null\n';
      this.emitFile({ type: 'asset', fileName: `backbone/${NOTE}`, source });
    },
    writeBundle({ dir }) {
      if (dir === undefined || folder === undefined || !existsSync(note)) return;
      // A copy from disk to disk, because the bundler would hold all of it in memory.
      const { path } = JSON.parse(readFileSync(note, 'utf8')) as { path: string };
      const target = join(dir, path);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(folder, basename(path)), target);
    },
  };
}
