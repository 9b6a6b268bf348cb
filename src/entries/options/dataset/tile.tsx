// One tile of a grid: the thumbnail, its split as a thin edge, its flags in a corner, chosen or not.
import './tile.css';
import { Component } from 'preact';
import type { Sample, Split } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import type { Flag } from '../../../pipeline/bucket/flags';
import { isolate } from '../../../pipeline/bucket/label-name';
import { Icon } from '../../parts/icon';
import type { TileNote } from './conflicts/tile-notes';
import { colourOf } from './label-list';
import { TileImage } from './tile-image';

interface Props {
  id: string;
  sha256: string;
  /** Missing until it is read. */
  sample: Sample | undefined;
  flags: readonly Flag[];
  note?: TileNote | undefined;
  /** Where it stands in the grid and how large it is, in CSS pixels. */
  left: number;
  top: number;
  side: number;
  /** Side of its image, in device pixels. */
  pixels: number;
  position: number;
  count: number;
  chosen: boolean;
  focused: boolean;
  /** These functions stay the same in every drawing of the grid; they are told which tile it was. */
  onClick: (position: number, event: MouseEvent) => void;
  onOpen: (position: number) => void;
}

/** Drawn again only when something about it changed: scrolling draws the grid at every step. */
export class Tile extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    return (Object.keys(next) as (keyof Props)[]).some(key => next[key] !== this.props[key]);
  }

  override render() {
    return drawn(this.props);
  }
}

function drawn(props: Props) {
  const { id, sha256, sample, flags, note, left, top, side, position, count, chosen, focused, onClick, onOpen } = props;
  const words = describe(sample, flags, note);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list box holds the focus and the keys, as ARIA's list box pattern has it.
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-setsize={count}
      aria-posinset={position + 1}
      aria-label={words}
      title={words}
      style={{ width: `${side}px`, height: `${side}px`, transform: `translate(${left}px, ${top}px)` }}
      class={`tile ${splitOf(sample) ?? ''}${focused ? ' focused' : ''}`}
      onClick={event => onClick(position, event)}
      onDblClick={() => onOpen(position)}
    >
      <TileImage sha256={sha256} side={props.pixels} />
      {note?.labels ? (
        <span class="conflict-labels">
          {note.labels.map(label => (
            <span key={label.id} class="row">
              <span class="dot" style={{ '--dot': colourOf(label) }} />
              <bdi class="one-line">{label.name}</bdi>{' '}
            </span>
          ))}
        </span>
      ) : (
        flags.length > 0 && (
          <span class="flags">
            {flags.map(flag => (
              <Icon key={flag} name={flag} size={14} />
            ))}
          </span>
        )
      )}
      {chosen && (
        <span class="tick">
          <Icon name="check" size={14} />
        </span>
      )}
    </div>
  );
}

/** What was deleted is in none. */
function splitOf(sample: Sample | undefined): Split | undefined {
  return sample?.deletedAt === undefined ? sample?.split : undefined;
}

function describe(sample: Sample | undefined, flags: readonly Flag[], note: TileNote | undefined): string {
  const split = splitOf(sample);
  return [
    // First what is written on the tile, so that it can be called by that.
    note?.labels?.map(label => isolate(label.name)).join(' '),
    sample?.candidate.title,
    split && t(`split_${split}`),
    sample && t('pixels', sample.width, sample.height),
    // Of near-duplicates under other labels the note says more.
    ...flags.filter(flag => flag !== 'near-conflict').map(flag => t(`flag_${flag}`)),
    note?.words,
  ]
    .filter(Boolean)
    .join(', ');
}
