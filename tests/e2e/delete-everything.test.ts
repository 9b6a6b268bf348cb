// "Delete everything" leaves nothing collected, tested or typed in any place where an extension can keep something.
import { expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { inDatabase } from '../../harness/database';
import { downloadAll, grantAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import { noiseImage } from '../../scripts/soak/pictures';
import { queueUp } from '../../scripts/soak/queue-up';
import { deleteEverything } from './steps/hand-over-steps';
import { stage } from './steps/stage';

/** What every trace made here holds, so that it can be looked for. */
const TRACE = 'secret-garden';
const HOST = `img.${TRACE}.example`;

it.each(BROWSER_NAMES)(
  'keeps nothing of the user in %s but the weights',
  async browser => {
    const walk = await stage(browser, {
      labels: [],
      alterHosts: hosts =>
        hosts.set(HOST, (_request, url, response) => {
          response.writeHead(url.pathname === '/gone' ? 404 : 200, { 'content-type': 'image/bmp' });
          response.end(noiseImage(url.pathname.length));
        }),
    });
    try {
      await grantAccess(walk);
      await queueUp(walk.app, TRACE, [
        { url: `https://${HOST}/a` },
        { url: `https://${HOST}/ab` },
        { url: `https://${HOST}/gone` },
      ]);
      await downloadAll(walk, Date.now());
      await leaveTraces(walk);
      const before = await kept(walk);
      expect(before.files.sort()).toEqual([expect.stringContaining(TRACE), 'keras-resnet50.h5.part']);
      expect(before.local).toContain(TRACE);
      expect(before.session).toContain(TRACE);
      expect(before.rows).toMatchObject({
        labels: 1,
        samples: 2,
        blobs: 2,
        thumbnails: 2,
        jobs: 3,
        harvests: 1,
        backbones: 1,
      });
      expect(before.meta).toContain('last-test');

      await deleteEverything(walk);
      const now = await waitFor(
        'the canary of an empty collection',
        async () => {
          const now = await kept(walk);
          return now.local.includes('canary') ? now : undefined;
        },
        10_000,
      );
      expect(
        Object.entries(now.rows).filter(([store, rows]) => rows > 0 && store !== 'backbones' && store !== 'meta'),
      ).toEqual([]);
      // The weights cost 95 MB to fetch again, and are nobody's collection.
      expect(now.rows.backbones).toBe(1);
      // The new name of the database, by which a loss would be noticed, and that none of an earlier version is to be told.
      expect(now.meta).toEqual(['identity', 'loss-moved']);
      expect(JSON.parse(now.local)).toEqual({ canary: expect.objectContaining({ rowCount: 0 }) });
      expect(JSON.parse(now.session)).toEqual({});
      expect(now.files).toEqual([]);
      expect(now.databases).toEqual(before.databases);
      expect(now.badge).toBe('');
      expect(now.typed).not.toContain(TRACE);
    } finally {
      await walk.close();
    }
  },
  120_000,
);

type Browser = {
  storage: Record<'local' | 'session', { get(key: null): Promise<object>; set(items: object): Promise<void> }>;
  action: { getBadgeText(details: object): Promise<string> };
};

/** What a test from the right-click menu, a popup that closed, a collecting tab, an export and a broken download leave. */
async function leaveTraces({ app }: Walk): Promise<void> {
  await inDatabase(
    app,
    async ({ database, done }, trace) => {
      const transaction = database.transaction(['meta', 'backbones'], 'readwrite');
      transaction.objectStore('meta').put({ picture: new Blob([trace]) }, 'last-test');
      transaction.objectStore('backbones').put({ id: 'b', info: { id: 'b' }, tensors: new Blob(['weights']) });
      await done(transaction);
    },
    TRACE,
  );
  await app.evaluate(
    async (trace, host) => {
      const { browser, chrome } = globalThis as unknown as Record<'browser' | 'chrome', Browser>;
      const { storage } = browser ?? chrome;
      await storage.local.set({ testImage: `https://${host}/test.jpg`, settings: { version: 1, minSide: 99 } });
      await storage.session.set({ 'tab-7': { harvestIds: [trace] } });
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('exports', { create: true });
      for (const [where, name] of [
        [root, 'keras-resnet50.h5.part'],
        [folder, `${Date.now()}-${trace}.zip`],
      ] as const) {
        const writable = await (await where.getFileHandle(name, { create: true })).createWritable();
        await writable.write(trace);
        await writable.close();
      }
    },
    TRACE,
    HOST,
  );
}

/** Everything that is kept, wherever that is. */
async function kept({ app }: Walk) {
  const { rows, meta } = await inDatabase(app, async ({ database, result }) => {
    const names = [...database.objectStoreNames];
    const transaction = database.transaction(names);
    const rows: Record<string, number> = {};
    for (const name of names) rows[name] = await result(transaction.objectStore(name).count());
    return { rows, meta: (await result(transaction.objectStore('meta').getAllKeys())) as string[] };
  });
  const elsewhere = await app.evaluate(async () => {
    const { browser, chrome } = globalThis as unknown as Record<'browser' | 'chrome', Browser>;
    const { storage, action } = browser ?? chrome;
    const files: string[] = [];
    const folders = [await navigator.storage.getDirectory()];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      for await (const entry of folder.values()) {
        if (entry.kind === 'directory') folders.push(entry as FileSystemDirectoryHandle);
        else files.push(entry.name);
      }
    }
    return {
      files,
      local: JSON.stringify(await storage.local.get(null)),
      session: JSON.stringify(await storage.session.get(null)),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      badge: await action.getBadgeText({}),
      typed: JSON.stringify({ ...localStorage, ...sessionStorage }),
    };
  });
  return { rows, meta, ...elsewhere };
}
