// The image itself, as large as its place, between the ways to its neighbours.
import { t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { useObjectUrl } from '../../parts/object-url';

interface Props {
  /** Undefined until it is read. */
  image: Blob | undefined;
  /** The browser has lost it. */
  lost: boolean;
  title: string;
  /** Where it stands among how many. */
  place: { index: number; count: number };
  onGo: (by: number) => void;
}

export function ZoomImage({ image, lost, title, place: { index, count }, onGo }: Props) {
  const url = useObjectUrl(image);
  return (
    <div class="zoom-picture">
      {url && <img src={url} alt={title} />}
      {lost && <p class="soft">{t('image_lost')}</p>}
      {count > 1 && (
        <>
          <button
            type="button"
            class="previous"
            aria-label={t('previous_image')}
            disabled={index <= 0}
            onClick={() => onGo(-1)}
          >
            <Icon name="previous" />
          </button>
          <button
            type="button"
            class="next"
            aria-label={t('next_image')}
            disabled={index >= count - 1}
            onClick={() => onGo(1)}
          >
            <Icon name="next" />
          </button>
        </>
      )}
    </div>
  );
}
