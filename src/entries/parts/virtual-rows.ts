// Rows of a long list, drawn only near the window: ten thousand tiles cost as much as a hundred.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualRows {
  rows: VirtualItem[];
  /** Whole rows that fit into the window, at least one. */
  rowsPerPage: number;
  totalHeight: number;
  scrollTo(row: number): void;
}

/** @param height of one row with its gap, in CSS pixels. */
export function useVirtualRows(scroller: RefObject<HTMLElement | null>, count: number, height: number): VirtualRows {
  const [, redraw] = useState(0);
  const kept = useRef<Virtualizer<HTMLElement, HTMLElement>>(undefined);
  const options = {
    count,
    estimateSize: () => height,
    getScrollElement: () => scroller.current,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    // Rows beyond the window, so that images are there when a scroll comes to them; each row costs time in every frame
    // of a quick one.
    overscan: 4,
    onChange: () => redraw(n => n + 1),
  };
  kept.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtualizer = kept.current;
  virtualizer.setOptions({ ...virtualizer.options, ...options });
  useEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [height]);
  return {
    rows: virtualizer.getVirtualItems(),
    rowsPerPage: Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / Math.max(1, height))),
    totalHeight: virtualizer.getTotalSize(),
    scrollTo: row => virtualizer.scrollToIndex(row, { align: 'auto' }),
  };
}
