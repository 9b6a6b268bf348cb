// The first run in three steps: access, collect, train. In full while there is nothing, in one row until dismissed.
import './first-run.css';
import { computed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { nextSearch } from '../../../pipeline/harvest/plan';
import { AccessButton } from '../../parts/access-button';
import { complain } from '../../parts/complain';
import { Icon } from '../../parts/icon';
import { openSearch, plan } from '../../parts/plan/open-search';
import { changeSetting } from '../app/change-setting';
import { access, counts, imagesOf, labels, model, settings, totalImages } from '../app/state';
import { CollectDrawing, GrantDrawing, TrainDrawing } from './first-run-drawings';
import { StartFromLabels } from './start-from-labels';

/** Whether there is enough to train on: a classifier tells at least two labels apart. */
const collected = computed(
  () => (labels.value ?? []).filter(label => imagesOf(counts.value.get(label.id)) > 0).length >= 2,
);

/** Whether the steps are on show and one of them is what to do next: nothing else on the screen says so as loudly. */
export const stepAhead = computed(
  () =>
    settings.value?.welcomed === false && (access.value === false || (collected.value && model.value === undefined)),
);

export function FirstRun() {
  const dismiss = () => changeSetting({ welcomed: true });
  if (totalImages.value === 0) return <StartFromLabels />;
  return (
    <section class="first-run begun" aria-labelledby="first-run-title">
      <div class="row spread">
        <h2 id="first-run-title">{t('first_run')}</h2>
        <button type="button" class="quiet" onClick={dismiss}>
          {t('got_it')}
        </button>
      </div>
      <ol>
        <Step nth={1} image={<GrantDrawing />} title={t('step_access')} words={t('step_access_words')}>
          {access.value === false && <AccessButton onError={complain} />}
          {access.value === true && <Done words={t('access_given')} />}
        </Step>
        <Step nth={2} image={<CollectDrawing />} title={t('step_collect')} words={t('step_collect_words')}>
          <NextSearch />
          {collected.value ? (
            <Done words={plural('images', totalImages.value)} />
          ) : (
            <p>{t('step_collect_more', plural('images', totalImages.value))}</p>
          )}
        </Step>
        <Step nth={3} image={<TrainDrawing />} title={t('step_train')} words={t('step_train_words')}>
          {model.value ? (
            <Done words={t('step_trained')} />
          ) : (
            collected.value && (
              <a class={access.value === false ? 'button' : 'button primary'} href="#train">
                {t('go_train')}
              </a>
            )
          )}
        </Step>
      </ol>
    </section>
  );
}

/** The search of the plan that was not taken from yet. */
function NextSearch() {
  const planned = plan.value;
  if (!planned) return null;
  const at = planned.searches[planned.at]?.state === 'waiting' ? planned.at : nextSearch(planned);
  const search = at === undefined ? undefined : planned.searches[at];
  if (at === undefined || !search) return null;
  return (
    <button type="button" onClick={() => openSearch(planned, at).catch(complain)}>
      {t('start_search', named(search.name))}
    </button>
  );
}

function Done({ words }: { words: string }) {
  return (
    <p class="done">
      <Icon name="check" />
      {words}
    </p>
  );
}

interface StepProps {
  nth: number;
  image: ComponentChildren;
  title: string;
  words: string;
  children?: ComponentChildren;
}

function Step({ nth, image, title, words, children }: StepProps) {
  return (
    <li class="card">
      {image}
      <h3>
        <span class="nth">{nth}.</span> {title}
      </h3>
      <p class="soft">{words}</p>
      {children}
    </li>
  );
}
