// The one card of a training: what is trained and how long that takes, the way to start and stop it, and how it goes.
import type { BackboneInfo } from '../../../contract/features';
import type { HeadChoice } from '../../../contract/head';
import { splitTotal } from '../../../contract/sample';
import { duration, nameList, plural, t } from '../../../edges/i18n';
import { advise, type LabelSize } from '../../../pipeline/head/advice';
import { changesOf } from '../../../pipeline/head/news';
import { networkName } from '../../parts/network-name';
import { geometryFor, rivalsOf } from '../../workers/backbone-for';
import { backbone, backbones, counts, labels, model, totalImages } from '../app/state';
import { TaskOutcome } from '../app/task-outcome';
import { showTryIt } from '../try/try-it';
import { AdvancedFields } from './advanced-fields';
import { AdviceList } from './advice-list';
import { estimateSeconds } from './estimate';
import { KeepUpToDate } from './keep-up-to-date';
import { LookedAhead } from './looking-ahead';
import { Resume } from './resume';
import { TrainProgressBar } from './train-progress';
import { choice, train, training, trainingTask } from './training';
import { useStanding } from './use-standing';

export function TrainCard() {
  const sizes: LabelSize[] = (labels.value ?? []).map(label => {
    const count = counts.value.get(label.id);
    return { name: label.name, train: count?.train ?? 0, valid: count?.valid ?? 0, test: count?.test ?? 0 };
  });
  const standing = useStanding();
  const advice = advise(sizes);
  const stopped = advice.some(one => one.stops) || backbone.value === undefined;
  const running = training.value;
  if (totalImages.value === 0) return <NothingYet />;
  const seconds = standing && estimateSeconds(standing, model.value?.report, choice.value);
  // Once all there is was learnt, what comes next is to try it.
  const learnt = model.value !== undefined && standing?.news !== undefined && changesOf(standing.news) === 0;
  return (
    <form class="card" aria-label={t('what_is_trained')} onSubmit={submit}>
      <p class="train-summary">{summary(sizes, seconds)}</p>
      <AdviceList advice={advice} />
      <div class="row">
        <button type="submit" class={learnt ? '' : 'primary'} disabled={stopped || running !== undefined}>
          {t('train')}
        </button>
        <button type="button" disabled={!running || running.stopping} onClick={() => trainingTask.cancel()}>
          {t('stop')}
        </button>
        {stopped && !running && (
          <a class="button primary" href="#dataset">
            {t('go_dataset')}
          </a>
        )}
        {model.value && !running && (
          <button type="button" class={learnt ? 'primary' : ''} onClick={showTryIt}>
            {t('try_it')}
          </button>
        )}
      </div>
      {/* Below the buttons: it comes and goes by itself, and they must stay under the pointer. */}
      <LookedAhead />
      {!stopped && standing && <Resume standing={standing} />}
      <TrainProgressBar />
      <TaskOutcome task={trainingTask} />
      <KeepUpToDate />
      <AdvancedFields disabled={running !== undefined}>
        <p class="soft small">{splits(sizes)}</p>
        {backbone.value && <p class="soft small">{whatLooks(backbone.value, choice.value)}</p>}
      </AdvancedFields>
    </form>
  );
}

function NothingYet() {
  return (
    <section class="card" aria-label={t('what_is_trained')}>
      <p>{t('advice_no-labels')}</p>
      <div>
        <a class="button primary" href="#dataset">
          {t('go_dataset')}
        </a>
      </div>
    </section>
  );
}

/** Which networks take part, and how they see images. */
function whatLooks(own: BackboneInfo, head: HeadChoice): string {
  const all = [own, ...rivalsOf(own, backbones.value, { choice: head })];
  const words = all.length > 1 ? 'compared_backbones' : 'chosen_backbone';
  return `${t(words, nameList(all.map(networkName)))} ${t(`sees_${geometryFor(own, head)}`)}`;
}

/** The browser lets no form go with a value that cannot be: it shows the field and says why. */
function submit(event: Event): void {
  event.preventDefault();
  void train();
}

/** "3 labels, 168 images, about 2 s". */
function summary(sizes: LabelSize[], seconds: number | undefined): string {
  const images = sizes.map(splitTotal);
  const what = [
    plural('labels_count', images.filter(count => count > 0).length),
    plural(
      'images',
      images.reduce((sum, count) => sum + count, 0),
    ),
  ] as const;
  return seconds === undefined
    ? t('train_summary', ...what)
    : t('train_summary_time', ...what, duration(Math.max(1, seconds)));
}

function splits(sizes: LabelSize[]): string {
  const sum = (key: 'train' | 'valid' | 'test') => sizes.reduce((total, size) => total + size[key], 0);
  return t('trained_on', plural('images', sum('train')), sum('valid'), sum('test'));
}
