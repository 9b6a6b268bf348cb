// Where the keys go when the grid they were on has emptied: to the place it stood in, not to the top of the page.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** For an element with `tabIndex={-1}` around a grid; `empty` once the grid has gone from it. */
export function useEmptyPlace<E extends HTMLElement>(empty: boolean): RefObject<E> {
  const place = useRef<E>(null);
  const before = useRef(empty);
  useLayoutEffect(() => {
    if (empty && !before.current && document.activeElement === document.body) place.current?.focus();
    before.current = empty;
  }, [empty]);
  return place as RefObject<E>;
}
