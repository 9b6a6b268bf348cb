// Why a file of the user's own was not taken, in words: no site had a hand in it.
import type { Reason } from '../../contract/job';
import { t } from '../../edges/i18n';

export function ownReason(reason: Reason): string {
  if (reason === 'not-an-image') return t('own_not_an_image');
  if (reason === 'too-large') return t('own_too_large');
  return reason === 'empty' ? t('own_empty') : t(`reason_${reason}`);
}
