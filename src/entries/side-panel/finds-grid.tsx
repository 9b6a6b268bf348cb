// The finds as a grid that scrolls; only the tiles near the window are drawn. Arrow keys go from tick to tick.
import './finds-grid.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../edges/i18n';
import { useWidth } from '../parts/use-width';
import { useVirtualRows } from '../parts/virtual-rows';
import { FindTile } from './find-tile';
import { busyAmong, shown } from './marks';

/** Wished side of a tile and the gap between two, in CSS pixels. */
const TILE = 96;
const GAP = 8;

export function FindsGrid() {
  const scroller = useRef<HTMLDivElement>(null);
  const [reached, reach] = useState(0);
  const width = useWidth(scroller);
  const columns = Math.max(2, Math.floor((width + GAP) / (TILE + GAP)));
  const side = Math.max(40, Math.floor((width + GAP) / columns - GAP));
  const all = shown.value;
  const count = width === 0 ? 0 : Math.ceil(all.length / columns);
  const { rows, totalHeight, scrollTo } = useVirtualRows(scroller, count, side + GAP);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(all.length - 1, Math.max(0, reached + step));
    reach(next);
    scrollTo(Math.floor(next / columns));
    // Drawn by the time the frame is.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-nth="${next}"]`)?.focus());
  };
  const focused = (event: FocusEvent) => {
    const tile = event.target as HTMLElement;
    const nth = Number(tile.dataset.nth);
    if (Number.isInteger(nth)) reach(nth);
    // A click leaves the focus behind; whoever uses the keyboard is where it is.
    keyboard.current = tile.matches(':focus-visible');
    tellBusy();
  };
  // What is marked moves to the end, but not away from under a pointer or a key.
  const [pointer, keyboard] = [useRef(false), useRef(false)];
  const tellBusy = () => {
    busyAmong.value = pointer.current || keyboard.current;
  };
  const point = (inside: boolean) => {
    pointer.current = inside;
    tellBusy();
  };
  const left = () => {
    keyboard.current = false;
    tellBusy();
  };
  useEffect(
    () => () => {
      busyAmong.value = false;
    },
    [],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not scroll.
    <div
      class="finds"
      ref={scroller}
      role="group"
      aria-label={t('finds')}
      onKeyDown={move}
      onFocusIn={focused}
      onFocusOut={left}
      onPointerEnter={event => point(event.pointerType !== 'touch')}
      onPointerLeave={() => point(false)}
    >
      <div class="find-rows" style={{ height: `${totalHeight}px` }}>
        {rows.map(row => (
          <div class="find-row" key={row.index} style={{ transform: `translateY(${row.start}px)` }}>
            {all.slice(row.index * columns, (row.index + 1) * columns).map((find, i) => {
              const nth = row.index * columns + i;
              return (
                <FindTile
                  key={find.url}
                  find={find}
                  nth={nth}
                  side={side}
                  reached={nth === Math.min(reached, all.length - 1)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
