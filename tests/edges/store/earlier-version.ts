// Fills the database with what an earlier version of Gleaner wrote, from tests/fixtures/versions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openDB } from 'idb';

const VERSIONS = join(import.meta.dirname, '../../fixtures/versions');

interface Row {
  /** Where the store keeps its keys apart from its rows. */
  key?: IDBValidKey;
  value: unknown;
  /** The bytes of the row's blobs, base64, by the number that stands in their place. */
  blobs: string[];
}

interface Dump {
  version: number;
  stores: Record<
    string,
    {
      shape: { keyPath: string | null; autoIncrement: boolean; indexes: [name: string, keyPath: string | string[]][] };
      rows: Row[];
    }
  >;
}

/** Makes the database as it stood, in the version it had; there must be none yet. */
export async function openedByVersion(version: number): Promise<void> {
  const dump: Dump = JSON.parse(
    gunzipSync(readFileSync(join(VERSIONS, `${version}`, 'database.json.gz'))).toString('utf8'),
  );
  const old = await openDB('gleaner', dump.version, {
    upgrade(base) {
      for (const [name, { shape }] of Object.entries(dump.stores)) {
        const { keyPath, autoIncrement } = shape;
        const made = base.createObjectStore(name, { autoIncrement, ...(keyPath === null ? {} : { keyPath }) });
        for (const [index, path] of shape.indexes) made.createIndex(index, path);
      }
      // Its rows are weights that every machine makes or fetches anew.
      base.createObjectStore('backbones', { keyPath: 'id' });
    },
  });
  for (const [name, { rows }] of Object.entries(dump.stores)) {
    for (const row of rows) await old.put(name, revived(row.value, row.blobs), row.key);
  }
  old.close();
}

/** The value with its blobs and typed arrays where the dump has stand-ins of plain JSON. */
function revived(value: unknown, blobs: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map(item => revived(item, blobs));
  if (typeof value !== 'object' || value === null) return value;
  const held = value as { $blob?: number; type?: string; $view?: string; base64?: string };
  if (held.$blob !== undefined)
    return new Blob([Buffer.from(blobs[held.$blob] ?? '', 'base64')], { type: held.type ?? '' });
  if (held.$view === 'Float32Array') return new Float32Array(bytesOf(held.base64 ?? ''));
  if (held.$view !== undefined) throw new Error(`There is no reading of a ${held.$view} yet.`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item, blobs)]));
}

function bytesOf(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
