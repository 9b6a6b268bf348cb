// The history of steps, in the database: one for all pages, bounded, each step a row of its own, and their order in one.
import { type Step, weightOf } from '../../contract/step';
import { database, type Writing } from '../database';

/** Steps that can be taken back, and how many images they may name together; the newest is kept whatever it names. */
export const HISTORY_LIMITS = { steps: 50, weight: 200_000 } as const;

interface Entry {
  id: string;
  weight: number;
}
/** Oldest first; the last of `done` is undone next, the last of `undone` is done again next. */
interface Order {
  done: Entry[];
  undone: Entry[];
}
type Side = keyof Order;

export interface KeptStep {
  id: string;
  step: Step;
}

const ORDER = 'steps';
const rowKey = (id: string) => `step:${id}`;
const ROWS = () => IDBKeyRange.bound(rowKey(''), rowKey('\uffff'));

/** Writes down a step that is about to be done, as the newest. What was undone before can still be done again. */
export async function announceStep(step: Step): Promise<KeptStep> {
  const kept = { id: crypto.randomUUID(), step };
  await change((order, meta) => add(order, meta, kept));
  return kept;
}

/** The step was done, as it is known by now: what had been undone before can no longer be done again. */
export async function completeStep(kept: KeptStep): Promise<void> {
  await change(async (order, meta) => {
    if (order.done.some(({ id }) => id === kept.id)) await meta.put(kept.step, rowKey(kept.id));
    await forgetUndone(order, meta);
  });
}

/** Remembers a step that was done, as the newest. */
export async function rememberStep(step: Step): Promise<KeptStep> {
  const kept = { id: crypto.randomUUID(), step };
  await change(async (order, meta) => {
    await add(order, meta, kept);
    await forgetUndone(order, meta);
  });
  return kept;
}

/** The newest step on a side, or the one of this id if it stands there. */
export async function stepOn(side: Side, wanted?: string): Promise<KeptStep | undefined> {
  const { store } = (await database()).transaction('meta');
  const entries = read(await store.get(ORDER))[side];
  const id = wanted === undefined ? entries.at(-1)?.id : entries.find(entry => entry.id === wanted)?.id;
  const step = id === undefined ? undefined : ((await store.get(rowKey(id))) as Step | undefined);
  return id === undefined || step === undefined ? undefined : { id, step };
}

/** Puts a step on the other side as its newest, as it is known by now. One that was forgotten meanwhile stays so. */
export async function turnStep({ id, step }: KeptStep, to: Side): Promise<void> {
  await change(async (order, meta) => {
    const from = to === 'done' ? order.undone : order.done;
    const at = from.findIndex(entry => entry.id === id);
    if (at < 0) return;
    from.splice(at, 1);
    order[to].push({ id, weight: weightOf(step) });
    await meta.put(step, rowKey(id));
  });
}

/** Forgets a step that failed, or whose target is gone. */
export async function dropStep(id: string): Promise<void> {
  await change(async (order, meta) => {
    for (const side of ['done', 'undone'] as const) order[side] = order[side].filter(entry => entry.id !== id);
    await meta.delete(rowKey(id));
  });
}

export async function forgetAllSteps(): Promise<void> {
  await change(async (order, meta) => {
    order.done = order.undone = [];
    await meta.delete(ROWS());
  });
}

async function change(work: (order: Order, meta: Writing<'meta'>) => Promise<void>): Promise<void> {
  const tx = (await database()).transaction('meta', 'readwrite', { durability: 'strict' });
  const order = read(await tx.store.get(ORDER));
  await work(order, tx.store);
  // A history of nothing leaves nothing, so that a deleted project is empty.
  if (order.done.length + order.undone.length > 0) await tx.store.put(order, ORDER);
  else await tx.store.delete(ORDER);
  await tx.done;
}

function read(row: unknown): Order {
  const { done = [], undone = [] } = (row ?? {}) as Partial<Order>;
  return { done: [...done], undone: [...undone] };
}

async function add(order: Order, meta: Writing<'meta'>, { id, step }: KeptStep): Promise<void> {
  order.done.push({ id, weight: weightOf(step) });
  await meta.put(step, rowKey(id));
  await shorten(order, meta);
}

async function forgetUndone(order: Order, meta: Writing<'meta'>): Promise<void> {
  for (const { id } of order.undone) await meta.delete(rowKey(id));
  order.undone = [];
}

/** Lets the oldest steps go until the rest is within the limits. */
async function shorten({ done }: Order, meta: Writing<'meta'>): Promise<void> {
  let weight = done.reduce((sum, entry) => sum + entry.weight, 0);
  while (done.length > 1 && (done.length > HISTORY_LIMITS.steps || weight > HISTORY_LIMITS.weight)) {
    const oldest = done.shift();
    if (!oldest) return;
    weight -= oldest.weight;
    await meta.delete(rowKey(oldest.id));
  }
}
