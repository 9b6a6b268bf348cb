// The grid of a label's images: a list box that scrolls, driven by mouse or keyboard alone.
import './sample-grid.css';
import type { RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import type { Flag } from '../../../pipeline/bucket/flags';
import { useWidth } from '../../parts/use-width';
import { useVirtualRows } from '../../parts/virtual-rows';
import { obey } from '../app/commands';
import { GRID_COMMANDS } from './commands';
import type { TileNote } from './conflicts/tile-notes';
import { type Gesture, type Selection, select } from './selection';
import { Tile } from './tile';

/** Wished side of a tile and the gap between two, in CSS pixels. */
const TILE = 128;
const GAP = 8;
/** More pixels than this a thumbnail does not hold. */
const THUMBNAIL = 256;

const NO_FLAGS: readonly Flag[] = [];

interface Props {
  /** The rows of the keys; where they are read as they come into sight, some are missing. */
  samples: readonly (Sample | undefined)[];
  keys: string[];
  flags: ReadonlyMap<string, readonly Flag[]>;
  notes: ReadonlyMap<string, TileNote>;
  selection: Selection;
  /** What is shown, for the ear; another name begins at the top. */
  name: string;
  /** The grid itself, for whoever gives it the focus. */
  grid?: RefObject<HTMLDivElement | null>;
  /** The tile shown in full over the grid; it stays in sight. */
  zoomed?: string | undefined;
  /** Told which tiles are drawn, by the first and the one behind the last. */
  onDrawn?: (from: number, to: number) => void;
  onSelect: (selection: Selection) => void;
  onOpen: (index: number) => void;
  /** Keys the grid itself has no use for: delete, digits. */
  onKey: (event: KeyboardEvent) => unknown;
}

export function SampleGrid(props: Props) {
  const { samples, keys, flags, notes, selection, name, zoomed, onDrawn, onSelect, onOpen, onKey } = props;
  const own = useRef<HTMLDivElement>(null);
  const scroller = props.grid ?? own;
  const width = useWidth(scroller);
  const columns = Math.max(3, Math.round((width + GAP) / (TILE + GAP)));
  const side = Math.max(40, Math.floor((width + GAP) / columns - GAP));
  // In steps, so that a window being resized does not have every image drawn anew at each pixel.
  const pixels = Math.min(THUMBNAIL, Math.ceil((side * devicePixelRatio) / 16) * 16);
  const rowCount = Math.ceil(keys.length / columns);
  const { rows, rowsPerPage, totalHeight, scrollTo } = useVirtualRows(scroller, width === 0 ? 0 : rowCount, side + GAP);
  const prefix = useId();
  const moved = useRef(false);

  const choose = (index: number, gesture: Gesture) => onSelect(select(selection, keys, index, gesture));

  const latest = useRef({ keys, choose, onOpen });
  latest.current = { keys, choose, onOpen };
  const [handlers] = useState(() => {
    let pressed = '';
    return {
      click(index: number, event: MouseEvent) {
        const { keys, choose } = latest.current;
        if (event.detail <= 1) pressed = keys[index] ?? '';
        choose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
      },
      // The tile that was under the pointer at the first of the two clicks, should another have come there since.
      open(index: number) {
        const { keys, onOpen } = latest.current;
        const first = keys.indexOf(pressed);
        onOpen(first < 0 ? index : first);
      },
    };
  });

  useLayoutEffect(() => {
    if (moved.current) scrollTo(Math.floor(selection.focus / columns));
    moved.current = false;
  }, [selection.focus]);

  useLayoutEffect(() => {
    const at = zoomed === undefined ? -1 : keys.indexOf(zoomed);
    if (at >= 0) scrollTo(Math.floor(at / columns));
  }, [zoomed]);

  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [name]);

  const from = (rows[0]?.index ?? 0) * columns;
  const to = ((rows.at(-1)?.index ?? -1) + 1) * columns;
  useEffect(() => onDrawn?.(from, to), [from, to, keys]);

  const go = (index: number, gesture: Gesture) => {
    moved.current = gesture !== 'toggle';
    choose(index, gesture);
  };
  const choosing = (chosen: Iterable<string>) => onSelect({ ...selection, chosen: new Set(chosen) });
  const here = { selection, keys, columns, rowsPerPage, go, choose: choosing, open: onOpen };
  const keyDown = (event: KeyboardEvent) => void (obey(GRID_COMMANDS, here, event) || onKey(event));

  return (
    <div
      ref={scroller}
      class="grid"
      role="listbox"
      tabIndex={0}
      aria-multiselectable="true"
      aria-label={name}
      aria-activedescendant={keys.length > 0 ? `${prefix}-${selection.focus}` : undefined}
      onKeyDown={keyDown}
    >
      <div class="grid-rows" role="presentation" style={{ height: `${totalHeight}px` }}>
        {rows.map(row =>
          keys.slice(row.index * columns, (row.index + 1) * columns).map((sha256, column) => {
            const index = row.index * columns + column;
            return (
              <Tile
                key={sha256}
                id={`${prefix}-${index}`}
                sha256={sha256}
                sample={samples[index]}
                flags={flags.get(sha256) ?? NO_FLAGS}
                note={notes.get(sha256)}
                left={column * (side + GAP)}
                top={row.start}
                side={side}
                pixels={pixels}
                position={index}
                count={keys.length}
                chosen={selection.chosen.has(sha256)}
                focused={selection.focus === index}
                onClick={handlers.click}
                onOpen={handlers.open}
              />
            );
          }),
        )}
      </div>
    </div>
  );
}
