// What speaks against a find: each mark has its reason in words, unticks the find and puts it last. The user has the last word.
import { computed, effect, signal } from '@preact/signals';
import { t } from '../../edges/i18n';
import { keepTicks, ticksOf } from '../../edges/left-out';
import { labelsKnowing } from '../../edges/store/known-addresses';
import { named } from '../../pipeline/bucket/label-name';
import { changes, labels } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { keepFresh } from '../parts/keep-fresh';
import { finds, page } from './follow-tab';

export interface Mark {
  kind: 'known' | 'small';
  /** Why, in a few words that stand under the picture. */
  reason: string;
}

/** Smallest side a find must have, in pixels; 0 takes all. A find that does not say its size is none the smaller for it. */
export const leastSide = signal(0);
/** What the user ticked or unticked by hand, by address. */
export const ticks = signal<ReadonlyMap<string, boolean>>(new Map());
const known = signal<ReadonlyMap<string, string[]>>(new Map());

/** Marks by address. Whoever judges finds by their thumbnails adds a source here. */
export const marks = computed<ReadonlyMap<string, Mark>>(() => {
  const all = new Map<string, Mark>();
  const names = new Map((labels.value ?? []).map(({ id, name }) => [id, name]));
  for (const { url, width, height } of finds.value) {
    const under = (known.value.get(url) ?? []).flatMap(id => names.get(id) ?? []);
    if (width && height && Math.min(width, height) < leastSide.value)
      all.set(url, { kind: 'small', reason: `${width} × ${height}` });
    if (under[0] !== undefined) all.set(url, { kind: 'known', reason: t('find_known', named(under[0])) });
  }
  return all;
});

export const isTicked = (url: string): boolean => ticks.value.get(url) ?? !marks.value.has(url);

/** The finds as they are shown: what nothing speaks against first. */
export const shown = computed(() => {
  const usable = finds.value.filter(({ url }) => url !== '');
  return [...usable.filter(({ url }) => !marks.value.has(url)), ...usable.filter(({ url }) => marks.value.has(url))];
});
export const ticked = computed(() => shown.value.filter(({ url }) => isTicked(url)));

export function tick(url: string, on: boolean): void {
  ticks.value = new Map(ticks.value).set(url, on);
  const harvestId = page.value?.harvestId;
  if (harvestId) keepTicks(harvestId, ticks.value).catch(complain);
}

/** Ticks all that nothing speaks against, or none. */
export function tickAll(on: boolean): void {
  ticks.value = new Map(on ? [] : shown.value.map(({ url }) => [url, false]));
  const harvestId = page.value?.harvestId;
  if (harvestId) keepTicks(harvestId, ticks.value).catch(complain);
}

/** Until the signal aborts. */
export function keepMarks(aborted: AbortSignal): void {
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
  aborted.addEventListener('abort', stop);
  const look = async () => {
    const urls = new Set(finds.value.map(({ url }) => url));
    known.value = urls.size > 0 ? await labelsKnowing(urls) : new Map();
  };
  keepFresh([finds, changes, labels], look, aborted, { atLeast: 400 });
}
