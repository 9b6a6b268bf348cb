// A small picture of an image; a grey field of the same size until it is read, a sign where the browser lost it.
import './thumb.css';
import { useEffect, useState } from 'preact/hooks';
import { thumbnailOf } from '../../../edges/store/samples';
import { Icon } from '../../parts/icon';
import { useObjectUrl } from '../../parts/object-url';

export function Thumb({ sha256, alt = '' }: { sha256: string; alt?: string }) {
  const [read, set] = useState<Blob | 'missing'>();
  useEffect(() => {
    let current = true;
    const put = (found: Blob | 'missing') => current && set(found);
    set(undefined);
    thumbnailOf(sha256).then(
      blob => put(blob ?? 'missing'),
      () => put('missing'),
    );
    return () => {
      current = false;
    };
  }, [sha256]);
  const url = useObjectUrl(read instanceof Blob ? read : undefined);
  if (url && read !== 'missing')
    return <img src={url} alt={alt} draggable={false} decoding="async" onError={() => set('missing')} />;
  return <span class="no-picture">{read === 'missing' && <Icon name="picture" />}</span>;
}
