// What a grid of images is at: which tiles are chosen, where the keyboard is, and which image is shown in full over it.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { keepShown, NOTHING, nextOf, type Selection, select } from './selection';
import { tilePainter } from './tile-images';

/** @param keys  the images shown, in their order; the same array as long as they are the same */
export function useGridState(keys: readonly string[]) {
  useLayoutEffect(() => void tilePainter(), []);
  const selection = useSignal<Selection>(NOTHING);
  const zoomed = useSignal<string>();
  const grid = useRef<HTMLDivElement>(null);
  const was = useRef(keys);
  // Only when other tiles are shown, not on every key: with ten thousand tiles the difference can be felt.
  useMemo(() => {
    selection.value = keepShown(selection.value, was.current, keys);
    was.current = keys;
  }, [keys]);
  /** Shows another image in full, or none; what was looked at last is what is chosen and what the keys are on afterwards. */
  const show = (sha256: string | undefined) => {
    zoomed.value = sha256;
    const at = sha256 === undefined ? -1 : keys.indexOf(sha256);
    if (at >= 0) selection.value = select(selection.value, keys, at, 'only');
  };
  return {
    selection,
    zoomed,
    /** Where the keys go on after the button that was pressed has gone. */
    grid,
    show,
    /** Goes on to the next image when the one in full leaves the grid, and others with it. */
    leave(stays: (key: string) => boolean) {
      if (zoomed.value !== undefined) show(nextOf(keys, zoomed.value, stays));
    },
    /** What a command is for: the chosen tiles, else the one under the keyboard. */
    targets(): readonly string[] {
      const { chosen, focus } = selection.value;
      return chosen.size > 0 ? keys.filter(key => chosen.has(key)) : keys.slice(focus, focus + 1);
    },
  };
}

export type GridState = ReturnType<typeof useGridState>;
