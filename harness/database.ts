// The extension's own database, reached through one of its pages, which has opened it before.
import type { Page } from 'puppeteer-core';

/** What `work` is given in the page. */
export interface OpenDatabase {
  database: IDBDatabase;
  /** What a request gives; rejects when it fails. */
  result<T>(request: IDBRequest<T>): Promise<T>;
  /** Resolves when the transaction has ended; rejects when it is aborted. */
  done(transaction: IDBTransaction): Promise<void>;
}

/**
 * Runs `work` in the page with the database open, and closes it. Arguments and what `work` gives cross as JSON. What runs in
 * the page holds no function in a variable: tsx marks such with a helper the page does not have.
 */
export async function inDatabase<Args extends unknown[], T>(
  page: Page,
  work: (open: OpenDatabase, ...args: Args) => T | Promise<T>,
  ...args: Args
): Promise<T> {
  const open = await page.evaluateHandle(openDatabase);
  try {
    return (await page.evaluate(work as (...all: unknown[]) => unknown, open, ...args)) as T;
  } catch (error) {
    // Something sent the page elsewhere meanwhile, and what it held went with it before any of the work was begun.
    if (String(error).includes('no such handle')) return inDatabase(page, work, ...args);
    throw error;
  } finally {
    // A page that has gone took its connection with it.
    await open.evaluate(({ database }) => database.close()).catch(() => undefined);
    await open.dispose().catch(() => undefined);
  }
}

/** All rows of a store. What JSON does not hold comes empty, and numbers of typed arrays are left out. */
export async function readRows<Row>(page: Page, store: string): Promise<Row[]> {
  const json = await inDatabase(
    page,
    async ({ database, result }, store) => {
      const rows = await result(database.transaction(store).objectStore(store).getAll());
      return JSON.stringify(rows, (_, value) => (ArrayBuffer.isView(value) ? undefined : value));
    },
    store,
  );
  return JSON.parse(json);
}

/** Writes rows into a store, in one transaction. */
export async function putRows(page: Page, store: string, rows: object[]): Promise<void> {
  await inDatabase(
    page,
    ({ database, done }, store, rows) => {
      const transaction = database.transaction(store, 'readwrite');
      for (const row of JSON.parse(rows)) transaction.objectStore(store).put(row);
      return done(transaction);
    },
    store,
    // One text crosses far faster than many values.
    JSON.stringify(rows),
  );
}

async function openDatabase(): Promise<OpenDatabase> {
  const opening = indexedDB.open('gleaner');
  await new Promise((resolve, reject) => {
    opening.onsuccess = resolve;
    opening.onerror = () => reject(opening.error);
  });
  return {
    database: opening.result,
    result(request) {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    },
    done(transaction) {
      return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
    },
  };
}
