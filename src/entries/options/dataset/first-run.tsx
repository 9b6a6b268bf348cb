// The first run in three steps: access, collect, train. Shown until dismissed, and again while there are no labels.
import type { ComponentChildren } from 'preact';
import { t } from '../../../edges/i18n';
import { changeSettings } from '../../../edges/settings';
import { AccessButton } from '../../parts/access-button';
import { Icon } from '../../parts/icon';
import { attempt, complain } from '../notices';
import { access, labels, settings } from '../state';
import { CollectPicture, GrantPicture, TrainPicture } from './first-run-pictures';

export function FirstRun() {
  const dismiss = () =>
    attempt(async () => {
      settings.value = await changeSettings({ welcomed: true });
    });
  return (
    <section class="first-run" aria-labelledby="first-run-title">
      <div class="row spread">
        <h2 id="first-run-title">{t('first_run')}</h2>
        {(labels.value?.length ?? 0) > 0 && (
          <button type="button" class="quiet" onClick={dismiss}>
            {t('got_it')}
          </button>
        )}
      </div>
      <ol>
        <Step picture={<GrantPicture />} title={t('step_access')} words={t('step_access_words')}>
          {access.value === false && <AccessButton onError={complain} />}
          {access.value === true && (
            <p class="done">
              <Icon name="check" />
              {t('access_given')}
            </p>
          )}
        </Step>
        <Step picture={<CollectPicture />} title={t('step_collect')} words={t('step_collect_words')} />
        <Step picture={<TrainPicture />} title={t('step_train')} words={t('step_train_words')} />
      </ol>
    </section>
  );
}

interface StepProps {
  picture: ComponentChildren;
  title: string;
  words: string;
  children?: ComponentChildren;
}

function Step({ picture, title, words, children }: StepProps) {
  return (
    <li class="card">
      {picture}
      <h3>{title}</h3>
      <p class="soft">{words}</p>
      {children}
    </li>
  );
}
