// Which tab the panel stands beside, and its connection to the collector there.
import { batch, effect, signal } from '@preact/signals';
import type { Candidate } from '../../contract/candidate';
import { MAX_CANDIDATES } from '../../contract/candidate';
import type { PageCommand, PageState } from '../../contract/page-state';
import { connectToPage, type PageLink } from '../../edges/page-link';
import { activeTab, onTabsChanged, tabOfId } from '../../edges/tabs';
import { checkCandidate } from '../../pipeline/harvest/check-batch';
import { checkPageState } from '../../pipeline/harvest/check-page-state';
import { changes, standBeside, tab, type WebTab } from '../parts/collect/state';
import { complain } from '../parts/complain';

/** What the collector says; undefined while there is none in the tab. */
export const page = signal<PageState>();
/** What it found, in the order found, while the finds are to be looked over. */
export const finds = signal<readonly Candidate[]>([]);
/** Goes up when a tab came to the front or a page was loaded. */
export const loads = signal(0);
/** Whether it is known that there is, or is not, a collector. */
export const looked = signal(false);

/** `url`: a page that is kept for the way back may hold on to its end, though another stands in its tab. */
let link: { tabId: number; url: string; to: PageLink } | undefined;

export function command(what: PageCommand): void {
  link?.to.send(what);
}

/** A tab of its own names the tab it is about in its address; the panel stands beside whatever tab is in front. */
const fixed = Number(new URLSearchParams(location.search).get('tab')) || undefined;

/** Follows the tab and stays connected until the signal aborts. */
export function followTab(aborted: AbortSignal): void {
  const look = async () => {
    standBeside(fixed === undefined ? await activeTab() : await tabOfId(fixed));
    loads.value++;
  };
  onTabsChanged(() => void look().catch(complain), aborted);
  void look().catch(complain);
  // A collector that comes later is announced by the change its harvest makes.
  const stop = effect(() => {
    changes.value;
    loads.value;
    connect(tab.value);
  });
  aborted.addEventListener('abort', stop);
}

function connect(there: WebTab | null | undefined): void {
  if (link && there && link.tabId === there.id && link.url === there.url) return;
  link?.to.close();
  link = undefined;
  if (!there) {
    forget();
    return;
  }
  const to = connectToPage(
    there.id,
    message => {
      if (link?.to !== to) return;
      looked.value = true;
      if ('state' in message) hearState(message.state);
      if ('finds' in message) hearFinds(message.finds, message.from);
    },
    () => {
      if (link?.to !== to) return;
      link = undefined;
      forget();
      looked.value = true;
    },
  );
  link = { tabId: there.id, url: there.url, to };
  forget();
}

function forget(): void {
  batch(() => {
    page.value = undefined;
    finds.value = [];
    looked.value = tab.value === null;
  });
}

function hearState(value: unknown): void {
  const state = checkPageState(value);
  if (state === undefined) return;
  batch(() => {
    if (state.harvestId !== page.peek()?.harvestId) finds.value = [];
    page.value = state;
  });
}

function hearFinds(values: unknown, from: unknown): void {
  if (!Array.isArray(values) || from !== finds.peek().length) return;
  const room = MAX_CANDIDATES - finds.peek().length;
  const checked = values.slice(0, room).map(value => checkCandidate(value));
  // One that is refused keeps its place, so that the next ones are known by theirs.
  finds.value = [...finds.peek(), ...checked.map(find => find ?? { url: '' })];
}
