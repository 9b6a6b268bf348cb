// A small zip that stands at the end of another file, as some formats carry files within them.
import { writeZip, type ZipEntry } from './write';

/** The archive to append to a file of this length. Readers find it by the end of the whole; its offsets count from the beginning. */
export async function zipToAppend(length: number, entries: ZipEntry[]): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  async function* all() {
    yield* entries;
  }
  const sink = { write: (bytes: Uint8Array) => void parts.push(bytes), close: async () => undefined };
  await writeZip(all(), async () => sink, new AbortController().signal, { before: length });
  return parts;
}
