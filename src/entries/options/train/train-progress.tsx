// How the training goes: features first, then the head, each with the time left once it can be told; before it, what
// will happen, and after it, what came of it.
import './train-progress.css';
import { dateTime, duration, number, t } from '../../../edges/i18n';
import { testedWords } from '../../parts/tested-words';
import type { TrainProgress } from '../../workers/train-model';
import { model } from '../app/state';
import { training, trainingShare } from './training';

export function TrainProgressBar() {
  const running = training.value;
  return (
    <div class="train-progress">
      <div class="bar" hidden={!running}>
        <span style={{ width: `${trainingShare.value * 100}%` }} />
      </div>
      <p role="status">{running ? (running.stopping ? t('stopping') : words(running.progress)) : ''}</p>
      {!running && <AtRest />}
    </div>
  );
}

function AtRest() {
  const trained = model.value?.report;
  if (!trained) return <p class="soft">{t('training_steps')}</p>;
  const [at, tested] = [dateTime(trained.trainedAt), testedWords(trained)];
  return (
    <p class="soft">
      {tested ? t('last_trained', at, tested) : t('last_trained_untested', at)} <a href="#report">{t('see_report')}</a>
    </p>
  );
}

function words(progress: TrainProgress | undefined): string {
  if (!progress) return t('starting');
  const left = progress.secondsLeft === undefined ? [] : [t('time_left', duration(progress.secondsLeft))];
  if (progress.phase === 'head') return [progress.note, ...left].filter(Boolean).join(' · ');
  const { done, total, imagesPerSecond, backend } = progress;
  const speed = imagesPerSecond > 0 ? [t('images_per_second', number(imagesPerSecond, 1), backend)] : [];
  return [t('features_of', number(done), number(total)), ...speed, ...left].join(' · ');
}
