// What speaks against a find: each mark has its reason in words, unticks the find and puts it last. The user has the last word.
import { computed, effect, signal } from '@preact/signals';
import { percent, t } from '../../edges/i18n';
import { keepLeastSide, keepTicks, keptLeastSide, ticksOf } from '../../edges/left-out';
import { labelsKnowing } from '../../edges/store/known-addresses';
import { named } from '../../pipeline/bucket/label-name';
import type { Suspicion } from '../../pipeline/harvest/judge-finds';
import { inOrder } from '../../pipeline/harvest/order-of-finds';
import { changes, harvest, labels } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { keepFresh } from '../parts/keep-fresh';
import { finds, page } from './follow-tab';
import { suspicions } from './looking-on';

export interface Mark {
  /** `suspected`: by its look, as the built-in network sees it. */
  kind: 'known' | 'small' | 'suspected';
  /** Why, in a few words that stand under the image. */
  reason: string;
}

/** Smallest side a find must have, in pixels; 0 takes all. A find that does not say its size is none the smaller for it. */
export const leastSide = signal(0);
/** What the user ticked or unticked by hand, by address. */
export const ticks = signal<ReadonlyMap<string, boolean>>(new Map());
const known = signal<ReadonlyMap<string, readonly string[]>>(new Map());

/** Marks by address. */
export const marks = computed<ReadonlyMap<string, Mark>>(() => {
  const all = new Map<string, Mark>();
  const names = new Map((labels.value ?? []).map(({ id, name }) => [id, name]));
  // A new label is known to its harvest first.
  const { harvest: mine, label = '' } = harvest.value ?? {};
  if (mine && label !== '') names.set(mine.labelId, label);
  for (const { url, width, height } of finds.value) {
    const under = (known.value.get(url) ?? []).flatMap(id => names.get(id) ?? []);
    const suspicion = suspicions.value.get(url);
    if (suspicion) all.set(url, { kind: 'suspected', reason: suspicionWords(suspicion) });
    if (width && height && Math.min(width, height) < leastSide.value)
      all.set(url, { kind: 'small', reason: `${width} × ${height}` });
    if (under[0] !== undefined) all.set(url, { kind: 'known', reason: words('find_known', named(under[0])) });
  }
  return all;
});

function suspicionWords(suspicion: Suspicion): string {
  if (suspicion.why === 'other') return words('find_other', named(suspicion.label), percent(suspicion.p, 0));
  return suspicion.why === 'unlike-rest'
    ? words('find_unlike_rest')
    : words('find_unlike_label', named(harvest.value?.label ?? ''));
}

/** Sentences that were said: the browser is slow to give them, and hundreds of finds have the same. */
const said = new Map<string, string>();

function words(...of: [key: string, ...gaps: string[]]): string {
  const id = of.join('\n');
  const sentence = said.get(id) ?? t(...of);
  said.set(id, sentence);
  return sentence;
}

/** Whether it is in the dataset already. */
export const isHere = (url: string): boolean => marks.value.get(url)?.kind === 'known';

export const isTicked = (url: string): boolean => ticks.value.get(url) ?? !marks.value.has(url);

/** What nothing speaks against stands first, and last what is in the dataset: nothing is to be decided there. */
function rank(url: string): number {
  const mark = marks.value.get(url);
  return mark === undefined ? 0 : mark.kind === 'known' ? 2 : 1;
}

/** Whether the user's pointer or keyboard is among the finds: nothing moves under it. */
export const busyAmong = signal(false);
/** Addresses in the order they stand in. */
const order = signal<readonly string[]>([]);

/** The finds as they are shown: what nothing speaks against first. */
export const shown = computed(() => {
  const all = new Map(finds.value.filter(({ url }) => url !== '').map(find => [find.url, find]));
  return order.value.flatMap(url => all.get(url) ?? []);
});
export const ticked = computed(() => shown.value.filter(({ url }) => isTicked(url)));
/** Those held back by their look alone, as long as the user has said nothing of them. */
export const heldBack = computed(() =>
  shown.value.filter(({ url }) => marks.value.get(url)?.kind === 'suspected' && !ticks.value.has(url)),
);

export function tick(url: string, on: boolean): void {
  keep(new Map(ticks.value).set(url, on));
}

/** Ticks all that nothing speaks against, or none. */
export function tickAll(on: boolean): void {
  keep(new Map(on ? [] : shown.value.map(({ url }) => [url, false])));
}

/** Ticks what is held back. */
export function tickHeldBack(): void {
  keep(new Map([...ticks.value, ...heldBack.value.map(({ url }) => [url, true] as const)]));
}

/** These were taken into the label: they are there, and no wish about them is left. */
export function nowHere(urls: ReadonlySet<string>, labelId: string): void {
  known.value = new Map([...known.value, ...[...urls].map((url): [string, string[]] => [url, [labelId]])]);
  keep(new Map([...ticks.value].filter(([url]) => !urls.has(url))));
}

/** What is smaller is marked. */
export function wantSide(side: number): void {
  leastSide.value = side;
  keepLeastSide(side).catch(complain);
}

function keep(wanted: ReadonlyMap<string, boolean>): void {
  ticks.value = wanted;
  const harvestId = page.value?.harvestId;
  if (harvestId) keepTicks(harvestId, wanted).catch(complain);
}

/** Until the signal aborts. */
export function keepMarks(aborted: AbortSignal): void {
  keptLeastSide().then(side => {
    leastSide.value ||= side;
  }, complain);
  let of: string | undefined;
  const stop = effect(() => {
    const harvestId = page.value?.harvestId;
    if (harvestId === of) return;
    of = harvestId;
    ticks.value = new Map();
    if (harvestId === undefined) return;
    ticksOf(harvestId).then(kept => {
      if (of === harvestId) ticks.value = new Map([...kept, ...ticks.value]);
    }, complain);
  });
  const stopOrder = effect(() => {
    order.value = inOrder(
      finds.value.flatMap(({ url }) => (url === '' ? [] : url)),
      rank,
      busyAmong.value ? order.peek() : [],
    );
  });
  aborted.addEventListener('abort', stop);
  aborted.addEventListener('abort', stopOrder);
  const look = async () => {
    const urls = new Set(finds.value.map(({ url }) => url));
    known.value = urls.size > 0 ? await labelsKnowing(urls) : new Map();
  };
  keepFresh([finds, changes, labels], look, aborted, { atLeast: 400 });
}
