// What the export is held against, in a worker of the same extension: client-zip on the same stored images into the same
// kind of file, and those images copied there without any archive.
import { downloadZip } from 'client-zip';
import { database } from '../../../src/edges/database';
import { everySample } from '../../../src/edges/store/samples';
import { openSink } from '../../../src/edges/zip-sink';
import { readAhead } from '../../../src/pipeline/streams/read-ahead';

export type Rival = 'copy' | 'client-zip' | 'client-zip, read ahead';

/** As many as the export reads at the same time. */
const AHEAD = 8;

self.onmessage = async ({ data }: MessageEvent<Rival>) => {
  const sink = await openSink();
  let bytes = 0;
  const write = (chunk: Uint8Array) => {
    sink.write(chunk);
    bytes += chunk.length;
  };
  try {
    if (data === 'copy') {
      for await (const { input } of readAhead(stored(), AHEAD, whole)) write(new Uint8Array(input));
    } else {
      const files = data === 'client-zip' ? stored() : readAhead(stored(), AHEAD, whole);
      const reader = downloadZip(files).body?.getReader();
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) write(next.value);
    }
    await sink.close();
    self.postMessage({ bytes });
  } catch (error) {
    self.postMessage({ error: String(error) });
  } finally {
    await sink.discard();
  }
};

interface Stored {
  name: string;
  input: Blob;
}

async function* stored(): AsyncGenerator<Stored> {
  const db = await database();
  for await (const { sha256, labelId, split } of everySample()) {
    const row = await db.get('blobs', sha256);
    if (row) yield { name: `dataset/${split}/${labelId}/${sha256.slice(0, 16)}.jpg`, input: row.blob };
  }
}

async function whole({ name, input }: Stored): Promise<{ name: string; input: ArrayBuffer }> {
  return { name, input: await input.arrayBuffer() };
}
