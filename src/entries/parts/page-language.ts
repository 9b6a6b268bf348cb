// Tells the page which language and direction its words have, so that screen readers and layout follow.
import { t } from '../../edges/i18n';

export function setPageLanguage(): void {
  document.documentElement.lang = t('language');
  document.documentElement.dir = t('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
}
