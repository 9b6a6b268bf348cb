// Where the user is, kept in the address after #, so that a screen can be linked to and Back works.
import { signal } from '@preact/signals';

export const SCREENS = ['dataset', 'train', 'report', 'export', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  /** What the screen shows of its own: a label's id on Dataset, or `DELETED`. */
  detail?: string;
}

/** The place of deleted images on the Dataset screen; no label has it for an id. */
export const DELETED = 'deleted';

/** Reads an address's fragment; anything unknown is the first screen. */
function parseRoute(fragment: string): Route {
  const [first = '', detail] = fragment.replace(/^#/, '').split('/');
  const screen = SCREENS.find(name => name === first) ?? 'dataset';
  return detail ? { screen, detail } : { screen };
}

export const route = signal<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash);
});

/** Shows a label, or the deleted images, on the Dataset screen without a new entry in the history. */
export function showLabel(labelId: string): void {
  history.replaceState(null, '', `#dataset/${labelId}`);
  route.value = { screen: 'dataset', detail: labelId };
}
