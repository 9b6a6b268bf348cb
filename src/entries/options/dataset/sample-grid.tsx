// The grid of a label's images: a list box that scrolls, driven by mouse or keyboard alone.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import type { Flag } from '../../../pipeline/bucket/flags';
import { inFull } from '../../../pipeline/bucket/label-name';
import { type Gesture, type Selection, select, step } from './selection';
import { Tile } from './tile';
import type { TileNote } from './tile-notes';
import { useVirtualRows, useWidth } from './virtual-rows';

/** Wished side of a tile and the gap between two, in CSS pixels. */
const TILE = 128;
const GAP = 8;
/** More pixels than this a thumbnail does not hold. */
const THUMBNAIL = 256;

const NO_FLAGS: readonly Flag[] = [];

interface Props {
  samples: Sample[];
  /** Their hashes, in the same order. */
  keys: string[];
  flags: ReadonlyMap<string, readonly Flag[]>;
  notes: ReadonlyMap<string, TileNote>;
  selection: Selection;
  name: string;
  onSelect: (selection: Selection) => void;
  onOpen: (index: number) => void;
  /** Keys the grid itself has no use for: delete, digits, undo. */
  onKey: (event: KeyboardEvent) => void;
}

export function SampleGrid(props: Props) {
  const { samples, keys, flags, notes, selection, name, onSelect, onOpen, onKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const columns = Math.max(3, Math.round((width + GAP) / (TILE + GAP)));
  const side = Math.max(40, Math.floor((width + GAP) / columns - GAP));
  // In steps, so that a window being resized does not have every picture drawn anew at each pixel.
  const pixels = Math.min(THUMBNAIL, Math.ceil((side * devicePixelRatio) / 16) * 16);
  const rowCount = Math.ceil(samples.length / columns);
  const { rows, rowsPerPage, totalHeight, scrollTo } = useVirtualRows(scroller, width === 0 ? 0 : rowCount, side + GAP);
  const prefix = useId();
  const moved = useRef(false);

  const choose = (index: number, gesture: Gesture) => onSelect(select(selection, keys, index, gesture));

  const latest = useRef({ choose, onOpen });
  latest.current = { choose, onOpen };
  const [handlers] = useState(() => ({
    click: (index: number, event: MouseEvent) =>
      latest.current.choose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only'),
    open: (index: number) => latest.current.onOpen(index),
  }));

  useLayoutEffect(() => {
    if (moved.current) scrollTo(Math.floor(selection.focus / columns));
    moved.current = false;
  }, [selection.focus]);

  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [name]);

  const keyDown = (event: KeyboardEvent) => {
    const to = event.altKey ? undefined : step(event.key, selection.focus, columns, rowsPerPage, samples.length);
    if (to !== undefined) {
      moved.current = true;
      choose(to, event.shiftKey ? 'range' : 'go');
    } else if (event.key === ' ') choose(selection.focus, 'toggle');
    else if (event.key === 'Enter') onOpen(selection.focus);
    else if (event.key === 'Escape') onSelect({ ...selection, chosen: new Set() });
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelect({ ...selection, chosen: new Set(keys) });
    else return onKey(event);
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      class="grid"
      role="listbox"
      tabIndex={0}
      aria-multiselectable="true"
      aria-label={t('images_of', inFull(name))}
      aria-activedescendant={samples.length > 0 ? `${prefix}-${selection.focus}` : undefined}
      onKeyDown={keyDown}
    >
      <div class="grid-rows" role="presentation" style={{ height: `${totalHeight}px` }}>
        {rows.map(row =>
          samples.slice(row.index * columns, (row.index + 1) * columns).map((sample, column) => {
            const index = row.index * columns + column;
            return (
              <Tile
                key={sample.sha256}
                id={`${prefix}-${index}`}
                sample={sample}
                flags={flags.get(sample.sha256) ?? NO_FLAGS}
                note={notes.get(sample.sha256)}
                left={column * (side + GAP)}
                top={row.start}
                side={side}
                pixels={pixels}
                position={index}
                count={samples.length}
                chosen={selection.chosen.has(sample.sha256)}
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
