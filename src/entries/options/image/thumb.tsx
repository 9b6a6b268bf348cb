// An image, small; a grey field of the same size until it is read, a sign where the browser lost it.
import './thumb.css';
import { useSignal } from '@preact/signals';
import { thumbnailOf } from '../../../edges/store/samples';
import { Icon } from '../../parts/icon';
import { useObjectUrl } from '../../parts/object-url';
import { useRead } from '../app/read';

export function Thumb({ sha256, alt = '' }: { sha256: string; alt?: string }) {
  const { value, fresh } = useRead([], async () => ({ blob: await thumbnailOf(sha256).catch(() => undefined) }), [
    sha256,
  ]);
  const read = fresh ? value : undefined;
  /** One the browser cannot show. */
  const unfit = useSignal<Blob>();
  const url = useObjectUrl(read?.blob);
  if (url && read?.blob && unfit.value !== read.blob)
    return <img src={url} alt={alt} draggable={false} decoding="async" onError={() => (unfit.value = read.blob)} />;
  return <span class="no-picture">{read && (!read.blob || unfit.value === read.blob) && <Icon name="image" />}</span>;
}
