// What a user has: everything in the database and the settings, read so that it can be compared with what is there later.
import type { Page } from 'puppeteer-core';
import { inDatabase } from '../../harness/database';

export interface WhatIsThere {
  /** By store, then by key: the row, with typed arrays and blobs as words that say their bytes. */
  rows: Record<string, Record<string, unknown>>;
  settings: Record<string, unknown>;
  /** The random name of the database, as the canary beside it knows it. */
  database: string | undefined;
  /** Images whose stored bytes are no longer those they are named after. */
  damaged: string[];
}

export async function whatIsThere(app: Page): Promise<WhatIsThere> {
  const json = await inDatabase(app, async ({ database, result }) => {
    const rows: Record<string, Record<string, unknown>> = {};
    const damaged: string[] = [];
    for (const store of database.objectStoreNames) {
      const [keys, values] = await Promise.all([
        result(database.transaction(store).objectStore(store).getAllKeys()),
        result(database.transaction(store).objectStore(store).getAll()),
      ]);
      const found: Record<string, unknown> = {};
      for (const [i, key] of keys.entries()) {
        const value = values[i];
        if (store === 'blobs' && value instanceof Blob) {
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await value.arrayBuffer()));
          const name = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
          if (name !== key) damaged.push(String(key));
        }
        found[JSON.stringify(key)] = value;
      }
      rows[store] = found;
    }
    const { settings, canary } = await (globalThis as unknown as { chrome: Local }).chrome.storage.local.get();
    return JSON.stringify({ rows, settings, database: canary?.dbUuid, damaged }, (_, value) => {
      if (value instanceof Blob) return `${value.size} bytes`;
      if (!ArrayBuffer.isView(value)) return value;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      let sum = 0;
      for (const byte of bytes) sum = (Math.imul(sum, 31) + byte) | 0;
      return `${bytes.length} bytes, ${sum}`;
    });
  });
  return JSON.parse(json);
}

interface Local {
  storage: { local: { get(): Promise<{ settings?: Record<string, unknown>; canary?: { dbUuid?: string } }> } };
}
