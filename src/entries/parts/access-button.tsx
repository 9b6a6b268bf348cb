// Asks for access to image sites. The request is the first thing in the click: browsers refuse it after any await.
import { t } from '../../edges/i18n';
import { requestImageSites } from '../../edges/permissions';

interface Props {
  primary?: boolean;
  /** Told whether access was given. */
  onAnswer?: (granted: boolean) => void;
  onError: (error: unknown) => void;
}

export function AccessButton({ primary = true, onAnswer, onError }: Props) {
  const click = () => {
    requestImageSites().then(onAnswer, onError);
  };
  return (
    <button type="button" class={primary ? 'primary' : ''} onClick={click}>
      {t('allow_access')}
    </button>
  );
}
