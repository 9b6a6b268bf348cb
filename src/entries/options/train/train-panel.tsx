// The Train screen: what will be trained on what, the way to start and stop it, and how it goes.
import type { HeadChoice } from '../../../contract/head';
import { plural, t } from '../../../edges/i18n';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import { type Advice, advise, type LabelSize } from '../../../pipeline/head/advice';
import { networkName } from '../../parts/network-name';
import { Note } from '../../parts/note';
import { geometryFor } from '../../workers/backbone-for';
import { backbone, counts, labels, totalImages } from '../app/state';
import { TaskOutcome } from '../app/task-outcome';
import { AdvancedFields } from './advanced-fields';
import { BackboneRegion } from './backbone-region';
import { CutOff } from './cut-off';
import { HistoryCharts } from './history-charts';
import { Resume } from './resume';
import { TrainProgressBar } from './train-progress';
import { choice, history, options, train, training, trainingTask } from './training';

/** Pieces of advice shown; of many labels many may be small, and the rest unfolds. */
const SHOWN = 4;
const CHOICES: HeadChoice[] = ['auto', 'article', 'linear'];

export function TrainPanel() {
  const sizes: LabelSize[] = (labels.value ?? []).map(label => {
    const count = counts.value.get(label.id);
    return { name: label.name, train: count?.train ?? 0, valid: count?.valid ?? 0, test: count?.test ?? 0 };
  });
  const advice = advise(sizes);
  const stopped = advice.some(one => one.stops) || backbone.value === undefined;
  const running = training.value;
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_train')}</h1>
      </div>
      <CutOff />
      <section class="card" aria-label={t('what_is_trained')}>
        {totalImages.value === 0 ? (
          <>
            <p>{t('advice_no-labels')}</p>
            <div>
              <a class="button primary" href="#dataset">
                {t('go_dataset')}
              </a>
            </div>
          </>
        ) : (
          <>
            <p>{whatIsTrained(sizes)}</p>
            <AdviceList advice={advice.slice(0, SHOWN)} />
            {advice.length > SHOWN && (
              <details>
                <summary>{plural('more_advice', advice.length - SHOWN)}</summary>
                <AdviceList advice={advice.slice(SHOWN)} />
              </details>
            )}
          </>
        )}
      </section>
      <BackboneRegion />
      <form class="card" aria-label={t('head')} onSubmit={submit}>
        <label class="field short">
          <span class="name">{t('head')}</span>
          <select
            value={choice.value}
            disabled={running !== undefined}
            onChange={event => (choice.value = event.currentTarget.value as HeadChoice)}
          >
            {CHOICES.map(name => (
              <option key={name} value={name}>
                {t(`head_${name}`)}
              </option>
            ))}
          </select>
        </label>
        <p class="soft">{t(`head_${choice.value}_hint`)}</p>
        <div class="row">
          <button type="submit" class="primary" disabled={stopped || running !== undefined}>
            {t('train')}
          </button>
          <button type="button" disabled={!running || running.stopping} onClick={() => trainingTask.cancel()}>
            {t('stop')}
          </button>
          {backbone.value && (
            <span class="soft">
              {t('chosen_backbone', networkName(backbone.value))}{' '}
              {t(`sees_${geometryFor(backbone.value, choice.value)}`)}
            </span>
          )}
        </div>
        {!stopped && <Resume />}
        <TrainProgressBar />
        <TaskOutcome task={trainingTask} />
        <AdvancedFields disabled={running !== undefined} />
      </form>
      {history.value.length > 0 && <HistoryCharts history={history.value} epochs={options.value.epochs} />}
    </>
  );
}

/** The browser lets no form go with a value that cannot be: it shows the field and says why. */
function submit(event: Event): void {
  event.preventDefault();
  void train();
}

function AdviceList({ advice }: { advice: Advice[] }) {
  return (
    <div class="stack">
      {advice.map(one => (
        <Note key={one.code + one.words[0]} kind="warn">
          <span title={t(`advice_${one.code}`, ...one.words.map(isolate))}>
            {t(`advice_${one.code}`, ...one.words.map(word => named(word)))}
          </span>
        </Note>
      ))}
    </div>
  );
}

function whatIsTrained(sizes: LabelSize[]): string {
  const full = sizes.filter(size => size.train + size.valid + size.test > 0);
  const sum = (key: 'train' | 'valid' | 'test') => full.reduce((total, size) => total + size[key], 0);
  return t(
    'trained_on',
    plural('labels_count', full.length),
    plural('images', sum('train')),
    sum('valid'),
    sum('test'),
  );
}
