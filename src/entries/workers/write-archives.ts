// Writes files that only the extension sees, zips for the most part, and tells how far it is.
import { type FileSink, openSink } from '../../edges/zip-sink';
import { writeZip, type ZipEntry, type ZipSink } from '../../formats/zip/write';

/** Writes archives one after the other. Leaves no file behind unless all of them are whole. */
export function writeArchives(
  archives: Iterable<AsyncIterable<ZipEntry>> | AsyncIterable<AsyncIterable<ZipEntry>>,
  onBytes: (bytes: number) => void | Promise<void>,
  signal: AbortSignal,
  note?: (part: number) => ZipEntry[],
): Promise<File[]> {
  return writeFiles(async open => {
    for await (const entries of archives) await writeZip(entries, open, signal, { note });
  }, onBytes);
}

/** Files that `work` opens and writes; none is left behind unless it comes to its end. */
export async function writeFiles(
  work: (open: () => Promise<ZipSink & { close(): Promise<void> }>) => Promise<void>,
  onBytes: (bytes: number) => void | Promise<void>,
): Promise<File[]> {
  const began = Date.now();
  const sinks: FileSink[] = [];
  let bytes = 0;
  let told = 0;
  const open = async () => {
    const sink = await openSink(began);
    sinks.push(sink);
    return {
      write(chunk: Uint8Array) {
        sink.write(chunk);
        bytes += chunk.length;
        if (performance.now() - told < 100) return;
        told = performance.now();
        void onBytes(bytes);
      },
      close: () => sink.close(),
    };
  };
  try {
    await work(open);
  } catch (error) {
    for (const sink of sinks) await sink.discard();
    throw error;
  }
  await onBytes(bytes);
  return Promise.all(sinks.map(sink => sink.file()));
}
