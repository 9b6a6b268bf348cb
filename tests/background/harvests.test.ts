// From a click to the queue: what a tab may do with its own harvests, and with nobody else's.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Runtime } from 'webextension-polyfill';

// The browser's side, kept in memory: storage, scripting, permissions, menus.
const edge = vi.hoisted(() => {
  const area = () => {
    const rows = new Map<string, unknown>();
    return {
      rows,
      get: async (key: string) => (rows.has(key) ? { [key]: structuredClone(rows.get(key)) } : {}),
      set: async (change: Record<string, unknown>) => {
        for (const [key, value] of Object.entries(change)) rows.set(key, structuredClone(value));
      },
      remove: async (key: string) => void rows.delete(key),
    };
  };
  const never = { addListener: () => undefined, removeListener: () => undefined };
  const state = { access: true, injectFails: 0, injected: [] as string[], menu: [] as string[], badge: '', woken: 0 };
  const session = area();
  const local = area();
  const browser = {
    runtime: {
      id: 'x',
      getURL: (path: string) => `chrome-extension://x/${path}`,
      onInstalled: never,
      onStartup: never,
    },
    storage: { session, local, onChanged: never },
    permissions: { contains: async () => state.access, onAdded: never, onRemoved: never },
    i18n: { getMessage: (key: string) => key },
    action: {
      setBadgeText: async ({ text }: { text: string }) => {
        state.badge = text;
      },
      setTitle: async () => undefined,
    },
    contextMenus: {
      removeAll: async () => {
        state.menu = [];
      },
      create: ({ id }: { id: string }) => state.menu.push(id),
      onClicked: never,
    },
    scripting: {
      executeScript: async ({ files, world }: { files: string[]; world: string }) => {
        if (state.injectFails-- > 0) throw new Error('Cannot access contents of the page');
        state.injected.push(`${world} ${files[0]}`);
      },
    },
  };
  return { state, session, browser };
});
vi.mock('webextension-polyfill', () => ({ default: edge.browser }));
vi.mock('../../src/edges/canary', () => ({ feedCanary: async () => undefined }));
vi.mock('../../src/entries/background/pump', () => ({ wake: () => edge.state.woken++, taker: {} }));
vi.mock('../../src/entries/content/collector.ts?iife', () => ({ default: 'collector.js' }));
vi.mock('../../src/entries/content/early.ts?iife', () => ({ default: 'early.js' }));
vi.mock('../../src/entries/content/observer.ts?iife', () => ({ default: 'observer.js' }));

const { harvestHandlers: handlers } = await import('../../src/entries/background/harvests');
const { importHandlers } = await import('../../src/entries/background/imports');
const { importUrls } = importHandlers;
const { labelForImport } = await import('../../src/edges/store/begin-harvest');
const { mergeLabels } = await import('../../src/edges/store/merge-labels');
const { database } = await import('../../src/edges/database');
const { beginInTab } = await import('../../src/entries/background/inject-collector');
const { allLabels, createLabel } = await import('../../src/edges/store/labels');
const { allHarvests, changeHarvest, harvestById } = await import('../../src/edges/store/harvests');
const { showBadge } = await import('../../src/edges/badge');
const { dropStep, stepOn } = await import('../../src/edges/store/steps');
const { queueState } = await import('../../src/edges/store/jobs');

const page = (id: number, frameId = 0, url = 'https://www.bing.com/images/search?q=cats') =>
  ({ id: 'x', url, frameId, tab: { id, incognito: false } }) as unknown as Runtime.MessageSender;
const own = { id: 'x', url: 'chrome-extension://x/src/entries/popup/popup.html' } as Runtime.MessageSender;
const granted = Promise.resolve(true);
const urls = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ url: `https://a.test/${from + i}.jpg` }));
const BING = { engine: 'bing', query: 'cats' };

async function started(tabId: number, name: string) {
  await beginInTab(tabId, { target: { newLabel: name } }, granted);
  const start = await handlers.beginHarvest(BING, page(tabId));
  if (!start) throw new Error('nothing began');
  return start.harvest.id;
}
const offer = (harvestId: string, candidates: { url: string }[], tiles = candidates.length, refused = {}) =>
  ({ harvestId, engine: 'bing', candidates, tiles, refused }) as const;

beforeEach(() => {
  Object.assign(edge.state, { access: true, injectFails: 0, injected: [], badge: '', woken: 0 });
  edge.session.rows.clear();
});

/** So many turns of the event loop: the database takes a few for each request. */
async function turns(n: number): Promise<void> {
  for (let turn = 0; turn < n; turn++) await new Promise(resolve => setImmediate(resolve));
}

describe('after everything was deleted meanwhile', () => {
  const STORES = ['labels', 'harvests', 'jobs'] as const;
  /** As `deleteEverything` does it: in one transaction. */
  async function deleteAll() {
    const tx = (await database()).transaction(STORES, 'readwrite');
    await Promise.all([...STORES.map(name => tx.objectStore(name).clear()), tx.done]);
  }
  const left = async () => {
    const db = await database();
    return Promise.all(STORES.map(name => db.count(name)));
  };

  it('what a page has found makes no label again and waits in no queue', async () => {
    for (let wait = 0; wait < 60; wait++) {
      const id = await started(100 + wait, `gone ${wait}`);
      const sending = Promise.resolve(handlers.sendCandidates(offer(id, urls(0, 2)), page(100 + wait)));
      const sent = sending.catch(() => undefined);
      await turns(wait);
      await deleteAll();
      await sent;
      expect([wait, await left()]).toEqual([wait, [0, 0, 0]]);
    }
  });

  it('a list or a folder that is about to be imported leaves no line in the log', async () => {
    const { beginImport } = importHandlers;
    for (let wait = 0; wait < 30; wait++) {
      const { id: labelId } = await createLabel('listed');
      const begins = [
        importUrls({ labelId, list: 'bears.csv', urls: ['https://a.test/1.jpg'] }, own),
        beginImport({ labelId, name: 'zoo', found: 2 }, own),
      ];
      const ended = Promise.allSettled(begins);
      await turns(wait);
      await deleteAll();
      await ended;
      expect([wait, await left()]).toEqual([wait, [0, 0, 0]]);
    }
  });

  it('an import makes no further label, and its end is told', async () => {
    const { label, made } = await labelForImport('zoo');
    const { harvestId } = await importHandlers.beginImport({ labelId: label.id, name: 'zoo', found: 2 }, own);
    expect([made, (await labelForImport('zoo', harvestId)).made]).toEqual([true, false]);
    await deleteAll();
    await expect(labelForImport('fox', harvestId)).rejects.toThrow('import_gone');
    await expect(importHandlers.endImport({ harvestId, added: 1, known: 0 }, own)).rejects.toThrow('import_gone');
    expect(await left()).toEqual([0, 0, 0]);
  });
});

it('an import into a label that was merged since can be undone under the one it stands under', async () => {
  const [bear, cub] = [await createLabel('bear to merge'), await createLabel('cub to merge')];
  await mergeLabels(cub.id, bear.id);
  const { harvestId } = await importHandlers.beginImport({ labelId: cub.id, name: 'zoo', found: 2 }, own);
  expect((await harvestById(harvestId))?.labelId).toBe(bear.id);
});

describe('a click', () => {
  it('puts the observer and the collector into the tab, after what joins them, and makes the label when the collector asks', async () => {
    await beginInTab(1, { target: { newLabel: 'Karpov' } }, granted);
    expect(edge.state.injected).toEqual(['ISOLATED early.js', 'MAIN observer.js', 'ISOLATED collector.js']);
    expect((await allLabels()).map(label => label.name)).not.toContain('Karpov');
    const start = await handlers.beginHarvest(BING, page(1));
    expect(start).toMatchObject({ label: 'Karpov', target: 100, harvest: { engine: 'bing', query: 'cats', added: 0 } });
    expect(start?.harvest.pageUrl).toBe('https://www.bing.com/images/search?q=cats');
    // A page without images leaves no empty label: it comes with the first.
    expect((await allLabels()).map(label => label.name)).not.toContain('Karpov');
    await handlers.sendCandidates(offer(start?.harvest.id ?? '', urls(900, 1)), page(1));
    const label = (await allLabels()).find(({ name }) => name === 'Karpov');
    expect(edge.state.menu).toContain(`results:label:${label?.id}`);
    expect(await harvestById(start?.harvest.id ?? '')).toMatchObject({ labelId: label?.id, madeLabel: true });
  });

  it('tries again once access is there, and says in the toolbar when the page stays closed', async () => {
    edge.state.injectFails = 1;
    await beginInTab(2, { target: { newLabel: 'x' } }, granted);
    expect(edge.state.injected).toHaveLength(3);
    edge.state.injectFails = 9;
    await expect(beginInTab(2, { target: { newLabel: 'x' } }, granted)).rejects.toThrow('page_closed');
    expect(edge.state.badge).toBe('!');
  });

  it('on a page that stays closed waits for no page that the tab shows later', async () => {
    edge.state.injectFails = 9;
    await expect(beginInTab(4, { target: { newLabel: 'x' } }, granted)).rejects.toThrow('page_closed');
    expect(await handlers.beginHarvest(BING, page(4))).toBeUndefined();
  });

  it('is answered once: a collector nobody asked for gets nothing', async () => {
    await started(3, 'once');
    expect(await handlers.beginHarvest(BING, page(3))).toBeUndefined();
    expect(await handlers.beginHarvest(BING, page(99))).toBeUndefined();
  });

  it('is one harvest, however many collectors ask at once', async () => {
    await beginInTab(8, { target: { newLabel: 'many ask' } }, granted);
    const before = (await allHarvests()).length;
    const starts = await Promise.all([1, 2, 3].map(() => handlers.beginHarvest(BING, page(8))));
    expect(starts.filter(start => start !== undefined)).toHaveLength(1);
    expect(await allHarvests()).toHaveLength(before + 1);
  });

  it('waits for the name of "New label…", and takes it once', async () => {
    await beginInTab(4, { target: 'ask' }, granted);
    expect(await handlers.beginHarvest(BING, page(4))).toBeUndefined();
    const name = (newLabel: string, sender = own) => handlers.startHarvest({ tabId: 4, target: { newLabel } }, sender);
    await expect(name(' \u0000 ')).rejects.toMatchObject({ code: 'label_name_empty' });
    await expect(name('a'.repeat(301))).rejects.toMatchObject({ code: 'label_name_long' });
    await expect(name('Other', page(4))).rejects.toThrow('refused');
    await name(' Tal ');
    expect(await handlers.beginHarvest(BING, page(4))).toMatchObject({ label: 'Tal' });
    expect(await handlers.beginHarvest(BING, page(4))).toBeUndefined();
    expect((await allLabels()).map(label => label.name)).not.toContain('Other');
  });

  it('is refused when its label is gone', async () => {
    await beginInTab(5, { target: { labelId: 'nobody' } }, granted);
    await expect(handlers.beginHarvest(BING, page(5))).rejects.toThrow('label_gone');
  });

  it('hands on the picture or the whole page, and names only engines that exist', async () => {
    const { id } = await createLabel('Karpov');
    await beginInTab(6, { target: { labelId: id }, image: 'https://t.test/1' }, granted);
    expect(await handlers.beginHarvest({ engine: 'evil'.repeat(1e5), query: 'q'.repeat(1e6) }, page(6))).toMatchObject({
      image: 'https://t.test/1',
      harvest: { engine: 'generic', query: 'q'.repeat(300) },
    });
    await beginInTab(6, { target: { labelId: id }, everything: true }, granted);
    expect(await handlers.beginHarvest(BING, page(6))).toMatchObject({
      everything: true,
      harvest: { engine: 'generic' },
    });
  });

  it('comes from the popup through startHarvest, which pages cannot call', async () => {
    await handlers.startHarvest({ tabId: 7, target: { newLabel: 'popup' } }, own);
    expect(await handlers.beginHarvest(BING, page(7))).toMatchObject({ label: 'popup' });
    await expect(handlers.startHarvest({ tabId: 7, target: { newLabel: 'forged' } }, page(7))).rejects.toThrow(
      'refused',
    );
  });
});

describe('offers', () => {
  it('are queued once, counted, and wake the queue', async () => {
    const id = await started(10, 'offers');
    await handlers.sendCandidates(offer(id, urls(0, 5), 8, { 'no-full-size': 3 }), page(10));
    const progress = await handlers.sendCandidates(offer(id, urls(3, 5), 11, { 'no-full-size': 3 }), page(10));
    expect(progress).toMatchObject({
      label: 'offers',
      queued: 8,
      harvest: { tiles: 11, found: 10, added: 8, known: 2, refused: { 'no-full-size': 3 } },
    });
    expect(edge.state.woken).toBe(2);
  });

  it('tell which engine reads the page since it switched to its image tab, and where that stands', async () => {
    await beginInTab(18, { target: { newLabel: 'switched' } }, granted);
    const loaded = 'https://duckduckgo.com/?q=cats&ia=web';
    const now = 'https://duckduckgo.com/?q=cats&iax=images';
    const sender = (url: string) => ({ ...page(18, 0, loaded), tab: { id: 18, incognito: false, url } }) as never;
    const start = await handlers.beginHarvest({ engine: 'generic', query: 'cats' }, sender(loaded));
    const id = start?.harvest.id ?? '';
    const read = (engine: string, from: number) => ({ ...offer(id, urls(from, 1)), engine });
    await handlers.sendCandidates(read('duckduckgo', 0), sender(now));
    expect(await harvestById(id)).toMatchObject({ engine: 'duckduckgo', pageUrl: now, added: 1 });
    // An engine that does not exist, and a tab that has gone elsewhere meanwhile.
    await handlers.sendCandidates(read('forged', 1), sender(now));
    await handlers.sendCandidates(read('bing', 2), sender('https://elsewhere.test/'));
    expect(await harvestById(id)).toMatchObject({ engine: 'bing', pageUrl: loaded, added: 3 });
  });

  it('that arrive together add up', async () => {
    const id = await started(11, 'together');
    await Promise.all([0, 1, 2, 3, 4].map(i => handlers.sendCandidates(offer(id, urls(i * 10, 10)), page(11))));
    expect(await harvestById(id)).toMatchObject({ found: 50, added: 50, known: 0 });
  });

  it('are refused from another tab, from a frame, and for a harvest nobody began', async () => {
    const id = await started(12, 'mine');
    const { queued } = await queueState();
    const forged = offer(id, urls(0, 5));
    await expect(handlers.sendCandidates(forged, page(13))).rejects.toThrow('refused');
    await expect(handlers.sendCandidates(forged, page(12, 4))).rejects.toThrow('refused');
    await expect(handlers.sendCandidates({ ...forged, harvestId: crypto.randomUUID() }, page(12))).rejects.toThrow(
      'refused',
    );
    await expect(handlers.sendCandidates('x' as never, page(12))).rejects.toThrow('refused');
    await expect(handlers.undoHarvest({ harvestId: id }, page(13))).rejects.toThrow('refused');
    await expect(handlers.harvestProgress({ harvestId: id }, page(13))).rejects.toThrow('refused');
    expect((await queueState()).queued).toBe(queued);
  });

  it('stop at the limit of one harvest', async () => {
    const id = await started(14, 'limit');
    for (let i = 0; i < 11; i++) await handlers.sendCandidates(offer(id, urls(i * 500, 500)), page(14));
    expect(await harvestById(id)).toMatchObject({ found: 5000, added: 5000 });
  });

  it('are queued without access too, and the panel hears what is missing', async () => {
    edge.state.access = false;
    const id = await started(15, 'denied');
    expect(await handlers.sendCandidates(offer(id, urls(0, 2)), page(15))).toMatchObject({
      queued: 2,
      paused: 'no-permission',
    });
  });

  it('bring nothing any more after undo, which removes what was added', async () => {
    const id = await started(16, 'undone');
    const before = (await queueState()).queued;
    await handlers.sendCandidates(offer(id, urls(0, 7)), page(16));
    await expect(handlers.undoHarvest({ harvestId: id }, page(16))).rejects.toThrow('refused');
    expect(await handlers.undoHarvest({ harvestId: id }, own)).toEqual({ removed: 7 });
    expect((await queueState()).queued).toBe(before);
    await handlers.sendCandidates(offer(id, urls(20, 3)), page(16));
    expect((await queueState()).queued).toBe(before);
    expect(await harvestById(id)).toMatchObject({ undone: true, added: 7 });
  });

  it('are no longer counted on the toolbar once they were undone', async () => {
    const id = await started(30, 'counted');
    await handlers.sendCandidates(offer(id, urls(1700, 3)), page(30));
    edge.state.badge = 'as before';
    await handlers.undoHarvest({ harvestId: id }, own);
    await vi.waitFor(() => expect(edge.state.badge).not.toBe('as before'));
    const counted = edge.state.badge;
    await showBadge((await queueState()).queued);
    expect(counted).toBe(edge.state.badge);
  });

  it('are not undone by what is no id, which would be that of all pictures added by hand', async () => {
    for (const harvestId of ['totally-normal', '', 'x'.repeat(36)])
      await expect(handlers.undoHarvest({ harvestId }, own)).rejects.toThrow('refused');
  });

  it('are undone from the harvest log of the app, too, but from no page in its name', async () => {
    const id = await started(17, 'log');
    await handlers.sendCandidates(offer(id, urls(0, 4)), page(17));
    const framed = page(18, 0, 'https://a.test/chrome-extension://x/');
    await expect(handlers.undoHarvest({ harvestId: id }, framed)).rejects.toThrow('refused');
    const log = { ...own, url: 'chrome-extension://x/src/entries/options/options.html', tab: { id: 19 } };
    expect(await handlers.undoHarvest({ harvestId: id }, log as Runtime.MessageSender)).toEqual({ removed: 4 });
  });

  it('are undone by an id alone that is one: what the user added himself has none', async () => {
    for (const harvestId of ['', 'x', `${crypto.randomUUID()}!`, undefined, 7] as never[]) {
      await expect(handlers.undoHarvest({ harvestId }, own)).rejects.toThrow('refused');
      await expect(handlers.redoHarvest({ harvestId }, own)).rejects.toThrow('refused');
    }
  });

  it('that were undone in the side panel are a step of the app, which may do them again, label and all', async () => {
    const id = await started(20, 'panel');
    await handlers.sendCandidates(offer(id, urls(0, 3)), page(20));
    const { queued } = await queueState();
    const { removed } = await handlers.undoHarvest({ harvestId: id, step: true }, own);
    const step = { kind: 'undo-harvest', harvestId: id, images: 0, queued: removed };
    expect((await stepOn('done'))?.step).toEqual(step);
    const names = async () => (await allLabels()).map(({ name }) => name);
    expect(await names()).not.toContain('panel');
    // Once more changes nothing, and is no step.
    await handlers.undoHarvest({ harvestId: id, step: true }, own);
    await dropStep((await stepOn('done'))?.id ?? '');
    expect((await stepOn('done'))?.step).not.toMatchObject({ harvestId: id });
    await expect(handlers.redoHarvest({ harvestId: id }, page(20))).rejects.toThrow('refused');
    expect(await handlers.redoHarvest({ harvestId: id }, own)).toMatchObject({ restored: 0 });
    expect((await queueState()).queued).toBe(queued);
    expect(await names()).toContain('panel');
  });

  it('leave a label that was there before, or has others’ images, where it is', async () => {
    await createLabel('mine');
    const first = await started(21, 'mine');
    await handlers.sendCandidates(offer(first, urls(0, 2)), page(21));
    await handlers.undoHarvest({ harvestId: first }, own);
    const made = await started(22, 'shared');
    await handlers.sendCandidates(offer(made, urls(0, 2)), page(22));
    const other = await started(23, 'shared');
    await handlers.sendCandidates(offer(other, urls(50, 2)), page(23));
    await handlers.undoHarvest({ harvestId: made }, own);
    expect((await allLabels()).map(({ name }) => name)).toEqual(expect.arrayContaining(['mine', 'shared']));
  });
});

describe('finds that are looked over first', () => {
  const look = async (tabId: number, newLabel: string) => {
    await handlers.startHarvest({ tabId, target: { newLabel }, seen: true }, own);
    const start = await handlers.beginHarvest(BING, page(tabId));
    if (!start) throw new Error('nothing began');
    return start;
  };

  it('are taken from the side panel alone: a page brings none in, whatever it sends', async () => {
    const { harvest, seen } = await look(30, 'looked');
    expect(seen).toBe(true);
    const { queued } = await queueState();
    const told = await handlers.sendCandidates(offer(harvest.id, urls(0, 5), 9), page(30));
    expect(told).toMatchObject({ queued: 0, harvest: { tiles: 9, found: 0 } });
    const taking = { harvestId: harvest.id, candidates: urls(0, 3), leftOut: 2 };
    await expect(handlers.takeFinds(taking, page(30))).rejects.toThrow('refused');
    expect((await queueState()).queued).toBe(queued);
    expect((await allLabels()).map(({ name }) => name)).not.toContain('looked');
    expect(await handlers.takeFinds(taking, own)).toMatchObject({ label: 'looked', queued: 3 });
    expect(await harvestById(harvest.id)).toMatchObject({ found: 3, added: 3, leftOut: 2 });
  });

  it('leave what becomes of the harvest while the page is loaded anew', async () => {
    for (let wait = 0; wait < 30; wait++) {
      const { harvest } = await look(200 + wait, `reloaded ${wait}`);
      await handlers.startHarvest({ tabId: 200 + wait, target: { newLabel: `reloaded ${wait}` }, seen: true }, own);
      const going = Promise.resolve(handlers.beginHarvest(BING, page(200 + wait)));
      await turns(wait);
      await changeHarvest(harvest.id, before => ({ ...before, undone: true }));
      await going;
      expect([wait, await harvestById(harvest.id)]).toMatchObject([wait, { undone: true }]);
    }
  });

  it('go on with the same harvest when the page is loaded anew, unless that was undone', async () => {
    const { harvest } = await look(31, 'reloaded');
    await handlers.takeFinds({ harvestId: harvest.id, candidates: urls(0, 3), leftOut: 0 }, own);
    expect((await look(31, 'reloaded')).harvest).toMatchObject({ id: harvest.id, added: 3 });
    // The collector is put in once more by the same wish.
    expect((await handlers.beginHarvest(BING, page(31)))?.harvest).toMatchObject({ id: harvest.id });
    expect(await handlers.beginHarvest({ ...BING, query: 'dogs' }, page(31))).toBeUndefined();
    expect((await look(31, 'another')).harvest.id).not.toBe(harvest.id);
    const again = await look(31, 'reloaded');
    await handlers.undoHarvest({ harvestId: again.harvest.id }, own);
    expect((await look(31, 'reloaded')).harvest.id).not.toBe(again.harvest.id);
    const gone = { harvestId: again.harvest.id, candidates: urls(0, 1), leftOut: 0 };
    await expect(handlers.takeFinds(gone, own)).rejects.toThrow('harvest_gone');
  });
});

describe('an imported list', () => {
  const LIST = ['https://a.test/1.jpg', 'https://b.test/2.jpg'];
  const tell = (args: Parameters<typeof importUrls>[0]) => importUrls(args, own);

  it('is queued part by part as one harvest, counted, and undone as one', async () => {
    const { id: labelId } = await createLabel('listed');
    const first = await tell({ labelId, list: 'bears.csv', urls: [...LIST, LIST[0] ?? ''] });
    expect(first).toMatchObject({ added: 2, known: 1, refused: {} });
    const { harvestId } = first;
    const thumbnail = 'https://encrypted-tbn0.gstatic.com/images?q=tbn:ANd9GcQ';
    const bad = ['javascript:alert(1)', 'not an address', thumbnail, `https://a.test/${'a'.repeat(9000)}`, 7 as never];
    expect(await tell({ labelId, list: 'x', urls: ['https://c.test/3.jpg', ...bad], harvestId })).toEqual({
      harvestId,
      added: 1,
      known: 0,
      refused: { 'not-http': 1, 'bad-address': 2, 'thumbnail-host': 1, 'too-long': 1 },
    });
    expect(await harvestById(harvestId)).toMatchObject({
      ...{ engine: 'list', query: 'bears.csv', labelId, tiles: 9, found: 4, added: 3, known: 1 },
      refused: { 'not-http': 1, 'bad-address': 2, 'thumbnail-host': 1, 'too-long': 1 },
    });
    expect(await handlers.undoHarvest({ harvestId }, own)).toEqual({ removed: 3 });
    await expect(tell({ labelId, list: 'x', urls: LIST, harvestId })).rejects.toThrow('harvest_gone');
  });

  it('stays undone, and brings nothing more, whenever it is undone while a part of it comes in', async () => {
    for (let wait = 0; wait < 40; wait++) {
      const { id: labelId } = await createLabel(`undone ${wait}`);
      const before = (await queueState()).queued;
      const { harvestId } = await tell({ labelId, list: 'x', urls: LIST });
      const more = Promise.resolve(tell({ labelId, list: 'x', urls: ['https://c.test/3.jpg'], harvestId })).catch(
        () => undefined,
      );
      await turns(wait);
      await handlers.undoHarvest({ harvestId }, own);
      await more;
      expect([wait, await harvestById(harvestId)]).toMatchObject([wait, { undone: true }]);
      expect([wait, (await queueState()).queued]).toEqual([wait, before]);
    }
  });

  it('keeps what else is changed of its row, whenever that is', async () => {
    for (let wait = 0; wait < 40; wait++) {
      const { id: labelId } = await createLabel(`changed ${wait}`);
      const { harvestId } = await tell({ labelId, list: 'x', urls: LIST });
      const more = tell({ labelId, list: 'x', urls: ['https://c.test/3.jpg'], harvestId });
      await turns(wait);
      await changeHarvest(harvestId, harvest => ({ ...harvest, query: 'y' }));
      await more;
      expect([wait, await harvestById(harvestId)]).toMatchObject([wait, { query: 'y', added: 3, found: 3 }]);
    }
  });

  it('takes 500 addresses a message, and none for a label that is gone or as part of a harvest of a page', async () => {
    const { id: labelId } = await createLabel('long list');
    const long = Array.from({ length: 700 }, (_, i) => `https://a.test/long/${i}`);
    expect(await tell({ labelId, list: 'x', urls: long })).toMatchObject({ added: 500 });
    await expect(tell({ labelId: 'nobody', list: 'x', urls: LIST })).rejects.toThrow('label_gone');
    const harvestId = await started(20, 'long list');
    await expect(tell({ labelId, list: 'x', urls: LIST, harvestId })).rejects.toThrow('harvest_gone');
  });
});
