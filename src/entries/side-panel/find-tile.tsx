// One find: its small image with a tick, and across its foot what speaks against it.
import './find-tile.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Candidate } from '../../contract/candidate';
import { t } from '../../edges/i18n';
import { isTicked, marks, tick } from './marks';
import { thumbnail } from './thumbnails';

interface Props {
  find: Candidate;
  nth: number;
  /** The one tile of the grid that the Tab key reaches. */
  reached: boolean;
  side: number;
}

export function FindTile({ find: { url, title, width, height, thumbnail: address }, nth, reached, side }: Props) {
  const [image, setImage] = useState<string>();
  useEffect(() => {
    let gone = false;
    setImage(undefined);
    if (address) void thumbnail(address).then(made => !gone && setImage(made?.url));
    return () => {
      gone = true;
    };
  }, [address]);
  const mark = marks.value.get(url);
  const size = width && height ? `${width} × ${height}` : '';
  const words = title || new URL(url).hostname;
  // Asked of the browser once: tiles are drawn anew in every frame of a scroll.
  const name = useMemo(() => t('find_name', nth + 1, words, mark?.reason ?? size), [nth, words, mark?.reason, size]);
  return (
    <label
      class={mark ? 'find marked' : 'find'}
      style={{ width: `${side}px` }}
      title={[words, size, mark?.reason].filter(Boolean).join(' · ')}
    >
      <input
        type="checkbox"
        data-nth={nth}
        tabIndex={reached ? 0 : -1}
        checked={isTicked(url)}
        aria-label={name}
        onChange={event => tick(url, event.currentTarget.checked)}
      />
      <span class="thumb" style={{ height: `${side}px` }}>
        {image ? <img src={image} alt="" decoding="async" /> : <span class="small soft">{words}</span>}
      </span>
      {mark && <span class="reason small">{mark.reason}</span>}
    </label>
  );
}
