// A world for the pump: a fake database, hosts that answer as told, a clock that only moves when the pump waits, and crashes.
import { IDBObjectStore } from 'fake-indexeddb';
import type { Candidate } from '../../src/contract/candidate';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import type { Fetched } from '../../src/edges/fetch-image';
import { LOOK_LIMITS } from '../../src/pipeline/download/limits';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from '../edges/store/database';

export { arrive, harvestOf, sha };

/** A BMP of 40 × 40 pixels with a text behind it, so that each name gives other bytes. */
export function imageOf(name: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(name);
  const body = new Uint8Array(60 + text.length);
  const view = new DataView(body.buffer);
  body.set([0x42, 0x4d]);
  view.setUint32(14, 40, true);
  view.setInt32(18, 40, true);
  view.setInt32(22, 40, true);
  body.set(text, 60);
  return body;
}

export type Answer = Uint8Array<ArrayBuffer> | Fetched;

export const failed = (
  outcome: Extract<Fetched, { ok: false }>['outcome'],
  status?: number,
): Extract<Fetched, { ok: false }> => ({ ok: false, outcome, ...(status === undefined ? {} : { status }) });

/** Makes everything fail from its k-th step on, as a kill does: what was not committed by then never will be. */
export class Bomb {
  steps = 0;
  at = Number.POSITIVE_INFINITY;

  get exploded(): boolean {
    return this.steps > this.at;
  }
  step(): void {
    this.steps++;
    if (this.exploded) throw new Error('killed');
  }
  reset(at = Number.POSITIVE_INFINITY): void {
    this.steps = 0;
    this.at = at;
  }
}

export async function newWorld() {
  freshDatabase();
  const db: Store = await store();
  const { pump } = await import('../../src/entries/background/pump-loop');
  const { ImageTaker } = await import('../../src/entries/background/take-image');
  const bomb = new Bomb();
  const world = {
    db,
    bomb,
    clock: 1_800_000_000_000,
    settings: DEFAULT_SETTINGS,
    /** What an address answers at its n-th request (from 1). */
    answer: (url: string, _hit: number): Answer => imageOf(url),
    hits: new Map<string, number>(),
    starts: [] as { url: string; at: number }[],
    running: new Map<string, number>(),
    /** What will happen when: answers of hosts, and the pump's own waking. */
    due: [] as { at: number; resolve: () => void; pump?: true }[],
    most: { all: 0, perHost: 0 },
    paused: async () => db.pauseReason(),
    online: () => true,
    access: (_url: string) => true,
    withReferer: <T>(_url: string, _page: string, request: () => Promise<T>) => request(),
    /** What the bytes of an image do to whoever looks at them; `text` is what stands behind its pixels. */
    look: async (_text: string): Promise<void> => undefined,
    /** The same of its hashing; `text` is all of its bytes. */
    hash: async (_text: string): Promise<void> => undefined,
    free: async (): Promise<number | undefined> => undefined,
    /** An error every write of a blob ends with. */
    diskError: undefined as Error | undefined,

    async enqueue(label: string, found: (string | Candidate)[]): Promise<string> {
      const { id } = await db.createLabel(label);
      const harvest = harvestOf(id);
      await db.saveHarvest(harvest);
      await db.enqueue(
        harvest,
        found.map(each => (typeof each === 'string' ? { url: each } : each)),
      );
      // Rows carry the real time; the world's clock goes on from there.
      world.clock = Math.max(world.clock, Date.now() + 1000);
      return id;
    },

    /** One background: a pump with nothing in its memory. */
    async run() {
      const tools = toolsOf(world);
      const rested = new Promise<void>(resolve => world.due.push({ at: world.clock + LOOK_LIMITS.rest, resolve }));
      const end = pump(new ImageTaker(tools, rested), tools);
      let ended = false;
      void end.finally(() => {
        ended = true;
      });
      while (!ended) await moveOn(world, () => ended);
      return end;
    },

    /** Rows by state and reason. */
    async ends(): Promise<Record<string, number>> {
      const ends: Record<string, number> = {};
      for (const job of await (await db.database()).getAll('jobs')) {
        const key = job.reason ? `${job.state} ${job.reason}` : job.state;
        ends[key] = (ends[key] ?? 0) + 1;
      }
      return ends;
    },
    async stored(): Promise<string[]> {
      const base = await db.database();
      const [samples, blobs, thumbnails] = await Promise.all([
        base.getAllKeys('samples'),
        base.getAllKeys('blobs'),
        base.getAllKeys('thumbnails'),
      ]);
      if (`${samples}` !== `${blobs}` || `${samples}` !== `${thumbnails}`) throw new Error('rows without bytes');
      return samples;
    },
  };
  plant(world);
  return world;
}
export type World = Awaited<ReturnType<typeof newWorld>>;

function toolsOf(world: World) {
  const { bomb } = world;
  return {
    now: () => world.clock,
    random: () => 0.5,
    settings: async () => world.settings,
    paused: world.paused,
    online: () => world.online(),
    freeBytes: () => world.free(),
    news: () => false,
    progressed: () => undefined,
    hasAccessTo: async (url: string) => world.access(url),
    withReferer: <T>(url: string, page: string, request: () => Promise<T>) => world.withReferer(url, page, request),
    async sha256(bytes: BufferSource) {
      bomb.step();
      await world.hash(Buffer.from(bytes as Uint8Array).toString('latin1'));
      return sha(Buffer.from(bytes as Uint8Array).toString('latin1'));
    },
    async decode(blob: Blob) {
      bomb.step();
      const text = await blob.slice(60).text();
      await world.look(text);
      bomb.step();
      const quality = { sharpness: 500, brightness: 0.9 };
      // A notice is drawn: most of it is of one tone.
      const sketch = text.startsWith('notice') ? 'f8'.repeat(384) : sha(text).repeat(12);
      const hashes = { dHash: sha(text), mirrored: sha(`mirror ${text}`), sketch };
      return { width: 40, height: 40, thumbnail: new Blob(['t']), ...hashes, quality };
    },
    async fetchImage(url: string): Promise<Fetched> {
      bomb.step();
      const host = new URL(url).hostname;
      const hit = (world.hits.get(url) ?? 0) + 1;
      world.hits.set(url, hit);
      world.starts.push({ url, at: world.clock });
      world.running.set(host, (world.running.get(host) ?? 0) + 1);
      const all = [...world.running.values()].reduce((sum, n) => sum + n, 0);
      world.most.all = Math.max(world.most.all, all);
      world.most.perHost = Math.max(world.most.perHost, world.running.get(host) ?? 0);
      await new Promise<void>(resolve =>
        world.due.push({ at: world.clock + 100 + 150 * (Number(url.replace(/\D/g, '')) % 7), resolve }),
      );
      world.running.set(host, (world.running.get(host) ?? 1) - 1);
      bomb.step();
      const answer = world.answer(url, hit);
      return answer instanceof Uint8Array ? { ok: true, body: answer } : answer;
    },
    waitUntil: (time: number) =>
      new Promise<void>(resolve => {
        world.due = [...world.due.filter(({ pump }) => !pump), { at: time, resolve, pump: true }];
      }),
  };
}

/** Lets the database do its work, which takes no time in this world, then moves the clock to whatever happens next. */
async function moveOn(world: World, ended: () => boolean): Promise<void> {
  const earliest = () => Math.min(...world.due.map(({ at }) => at));
  const next = earliest();
  const ticks = next - world.clock > 1_000 ? 400 : 40;
  for (let tick = 0; tick < ticks; tick++) await new Promise(resolve => setImmediate(resolve));
  if (ended() || !Number.isFinite(next) || next !== earliest()) return;
  world.clock = Math.max(world.clock, next);
  for (const { resolve } of world.due.filter(({ at }) => at <= world.clock)) resolve();
  world.due = world.due.filter(({ at }) => at > world.clock);
}

const put = IDBObjectStore.prototype.put;
const remove = IDBObjectStore.prototype.delete;

/** Puts the bomb and the full disk into every write of the database. */
export function plant(world: Pick<World, 'bomb' | 'diskError'>): void {
  const guard = (store: IDBObjectStore) => {
    try {
      world.bomb.step();
    } catch {
      // As in a browser, the abort comes after the writes of this turn were asked for.
      queueMicrotask(() => abort(store.transaction));
    }
    if (world.diskError && store.name === 'samples') {
      store.transaction.abort();
      throw world.diskError;
    }
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
    guard(this);
    return put.apply(this, args);
  };
  IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...args: Parameters<typeof remove>) {
    guard(this);
    return remove.apply(this, args);
  };
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // A second write of the same turn: aborted already.
  }
}
