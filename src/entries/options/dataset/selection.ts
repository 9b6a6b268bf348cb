// Which tiles of a grid are chosen, and where the keyboard is: pure steps, so that keys and mouse mean the same.

export interface Selection {
  /** Index of the tile the keyboard is on. */
  focus: number;
  /** Where a shift-range begins. */
  anchor: number;
  chosen: ReadonlySet<string>;
}

export const NOTHING: Selection = { focus: 0, anchor: 0, chosen: new Set() };

/** What a click or key asks for: `only` this tile, `toggle` it, a `range` from the anchor, or just `go` there. */
export type Gesture = 'only' | 'toggle' | 'range' | 'go';

/**
 * The selection after a gesture on the tile at `index`.
 * @param keys identities of all tiles in the order shown.
 */
export function select(before: Selection, keys: readonly string[], index: number, gesture: Gesture): Selection {
  if (keys.length === 0) return NOTHING;
  const focus = Math.min(keys.length - 1, Math.max(0, index));
  const key = keys[focus]!;
  if (gesture === 'go') return { ...before, focus, anchor: focus };
  if (gesture === 'only') return { focus, anchor: focus, chosen: new Set([key]) };
  if (gesture === 'toggle') {
    const chosen = new Set(before.chosen);
    if (!chosen.delete(key)) chosen.add(key);
    return { focus, anchor: focus, chosen };
  }
  const [from, to] = before.anchor < focus ? [before.anchor, focus] : [focus, before.anchor];
  return { focus, anchor: before.anchor, chosen: new Set(keys.slice(from, to + 1)) };
}

/** The tile an arrow, Home, End or Page key leads to; undefined for other keys. */
export function step(
  key: string,
  focus: number,
  columns: number,
  rowsPerPage: number,
  count: number,
): number | undefined {
  const to = {
    ArrowLeft: focus - 1,
    ArrowRight: focus + 1,
    ArrowUp: focus - columns,
    ArrowDown: focus + columns,
    PageUp: focus - columns * rowsPerPage,
    PageDown: focus + columns * rowsPerPage,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

/** The first of those that stay from a tile on, else the last before it; undefined where none stays. */
export function nextOf(keys: readonly string[], from: string, stays: (key: string) => boolean): string | undefined {
  const at = Math.max(0, keys.indexOf(from));
  return keys.slice(at).find(stays) ?? keys.slice(0, at).findLast(stays);
}

/**
 * The selection once other tiles are shown. The keyboard stays on its tile wherever that stands now; where it went, the next
 * one that stayed takes its place, else the one before. What is no longer shown is no longer chosen, so that an action never
 * reaches a tile the user cannot see.
 * @param was  what was shown before
 */
export function keepShown(before: Selection, was: readonly string[], keys: readonly string[]): Selection {
  const places = new Map(keys.map((key, index) => [key, index]));
  const chosen = new Set([...before.chosen].filter(key => places.has(key)));
  return { focus: placeNow(before.focus, was, places), anchor: placeNow(before.anchor, was, places), chosen };
}

function placeNow(index: number, was: readonly string[], places: ReadonlyMap<string, number>): number {
  for (let at = index; at < was.length; at++) {
    const place = places.get(was[at]!);
    if (place !== undefined) return place;
  }
  for (let at = Math.min(index, was.length) - 1; at >= 0; at--) {
    const place = places.get(was[at]!);
    if (place !== undefined) return place;
  }
  return 0;
}
