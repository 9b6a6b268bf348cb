// The button that takes away what was said.
import { t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';

export function Dismiss({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="quiet" aria-label={t('dismiss')} onClick={onClick}>
      <Icon name="close" />
    </button>
  );
}
