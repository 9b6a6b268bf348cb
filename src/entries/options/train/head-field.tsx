// Which head is trained, and what that means.
import type { HeadChoice } from '../../../contract/head';
import { t } from '../../../edges/i18n';
import { choice } from './training';

const CHOICES: HeadChoice[] = ['auto', 'article', 'linear'];

export function HeadField() {
  return (
    <>
      <label class="field short">
        <span class="name">{t('head')}</span>
        <select value={choice.value} onChange={event => (choice.value = event.currentTarget.value as HeadChoice)}>
          {CHOICES.map(name => (
            <option key={name} value={name}>
              {t(`head_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <p class="soft">{t(`head_${choice.value}_hint`)}</p>
    </>
  );
}
