// Access to image sites: given or not, what it is for, and how to give it back.
import { t } from '../../../edges/i18n';
import { giveUpImageSites } from '../../../edges/permissions';
import { AccessButton } from '../../parts/access-button';
import { attempt, complain } from '../../parts/complain';
import { Note } from '../../parts/note';
import { access } from '../app/state';

export function AccessSection() {
  return (
    <section class="card" aria-label={t('access')}>
      <h2>{t('access')}</h2>
      <p class="soft">{t('access_hint')}</p>
      {access.value === true && <Note kind="good">{t('access_given')}</Note>}
      {access.value === false && <Note kind="warn">{t('access_missing')}</Note>}
      <div>
        {access.value === false && <AccessButton onError={complain} />}
        {access.value === true && (
          <button type="button" onClick={() => attempt(giveUpImageSites)}>
            {t('give_up_access')}
          </button>
        )}
      </div>
    </section>
  );
}
