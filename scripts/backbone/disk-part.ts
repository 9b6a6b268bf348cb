// The half-downloaded file on this machine's disk, for the same download that the app does.
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { PartFile } from '../../src/edges/part-file';

export function diskPart(path: string): PartFile {
  // 'r+' would refuse a new file and 'w+' would empty an old one.
  closeSync(openSync(path, 'a'));
  const file = openSync(path, 'r+');
  let size = fstatSync(file).size;
  return {
    size: () => size,
    read(from, to) {
      const bytes = new Uint8Array(to - from);
      readSync(file, bytes, 0, bytes.length, from);
      return bytes;
    },
    append(bytes) {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(file, bytes, written, bytes.length - written, size + written);
      }
      size += bytes.length;
    },
    clear() {
      ftruncateSync(file, 0);
      size = 0;
    },
    close: () => closeSync(file),
  };
}
