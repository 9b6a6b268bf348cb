// One tile of a grid: the thumbnail, its split as a thin edge, chosen or not.
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { useThumbnail } from './thumbnails';

interface Props {
  id: string;
  sample: Sample;
  position: number;
  count: number;
  chosen: boolean;
  focused: boolean;
  onClick: (event: MouseEvent) => void;
  onOpen: () => void;
}

export function Tile({ id, sample, position, count, chosen, focused, onClick, onOpen }: Props) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list box holds the focus and the keys, as ARIA's list box pattern has it.
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-setsize={count}
      aria-posinset={position + 1}
      aria-label={describe(sample)}
      class={`tile ${sample.split}${focused ? ' focused' : ''}`}
      onClick={onClick}
      onDblClick={onOpen}
    >
      <Thumb sha256={sample.sha256} />
      {chosen && (
        <span class="tick">
          <Icon name="check" size={14} />
        </span>
      )}
    </div>
  );
}

/** The picture of a tile; a grey field of the same size until it is read. */
export function Thumb({ sha256, alt = '' }: { sha256: string; alt?: string }) {
  const thumbnail = useThumbnail(sha256);
  if (thumbnail.state === 'ready') return <img src={thumbnail.url} alt={alt} draggable={false} decoding="async" />;
  return <span class="no-picture">{thumbnail.state === 'missing' && <Icon name="picture" />}</span>;
}

function describe(sample: Sample): string {
  const size = t('pixels', sample.width, sample.height);
  return [sample.candidate.title, t(`split_${sample.split}`), size].filter(Boolean).join(', ');
}
