// The training that runs on this page, kept apart from its screen so that looking elsewhere does not stop it.
import { computed, signal } from '@preact/signals';
import { ARTICLE_DEFAULTS, type ArticleOptions, type EpochRecord, type HeadChoice } from '../../../contract/head';
import { t } from '../../../edges/i18n';
import { trainingBegan } from '../../../edges/store/training-mark';
import { complain } from '../../parts/complain';
import { type TrainProgress, trainModel } from '../../workers/train-model';
import { say } from '../app/notices';
import { model } from '../app/state';
import { Task } from '../app/task';

export const choice = signal<HeadChoice>('auto');
export const options = signal<ArticleOptions>(ARTICLE_DEFAULTS);
/** Seconds the automatic choice may take. */
export const timeCap = signal(60);

/** During features a stop keeps what is done; during epochs the best so far becomes the model. */
export const trainingTask = new Task<{ progress?: TrainProgress }>({ keeps: true });
export const training = trainingTask.running;
/** Epochs of the training that runs, or of the one that ran last here. */
export const history = signal<EpochRecord[]>([]);

/** How far the training is, 0…1; features and head count as they last: the features are nearly all of it. */
export const trainingShare = computed(() => {
  const progress = training.value?.progress;
  if (!progress) return 0;
  if (progress.phase === 'features') return progress.total > 0 ? (0.9 * progress.done) / progress.total : 0;
  return 0.9 + (progress.epochs > 0 ? (0.1 * progress.history.length) / progress.epochs : 0);
});

let takeBackTrained = () => {};

/** The report was opened: the notice that leads there has done its work. */
export function reportSeen(): void {
  takeBackTrained();
}

const keepOpen = (event: BeforeUnloadEvent) => event.preventDefault();

/**
 * Trains anew, or resumes from the model in use in the way that was trained.
 * @param unasked  what is said of it where nobody asked for it: then the page may also be closed without a word
 */
export async function train(resume = false, unasked?: string): Promise<void> {
  history.value = [];
  // Else it would be read as the end of this one.
  takeBackTrained();
  if (unasked === undefined) addEventListener('beforeunload', keepOpen);
  const before = resume ? model.value?.report.head : undefined;
  const request = {
    choice: before?.choice ?? choice.value,
    options: before?.options ?? options.value,
    timeCap: timeCap.value,
    resume,
  };
  await trainingTask.run({}, async (tell, signal) => {
    /** One that another tab holds up was never under way here, and its mark is that tab's. */
    let begun = false;
    const onProgress = (progress: TrainProgress) => {
      if (!begun) trainingBegan.set(Date.now()).catch(complain);
      begun = true;
      tell({ progress });
      if (progress.phase === 'head') history.value = progress.history;
    };
    try {
      model.value = await trainModel(request, onProgress, signal);
      history.value = model.value.report.history;
      takeBackTrained = say(unasked ?? t('trained'), {
        words: t('see_report'),
        run: () => (location.hash = '#report'),
      });
    } catch (error) {
      if (signal.aborted) say(t('training_stopped'));
      throw error;
    } finally {
      if (begun) trainingBegan.remove().catch(complain);
    }
    return undefined;
  });
  removeEventListener('beforeunload', keepOpen);
}
