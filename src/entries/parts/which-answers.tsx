// Which of the trainings that are kept answers here: when it was trained, on how many labels, how good it is.
import type { Model } from '../../contract/report';
import { dateTime, plural, t } from '../../edges/i18n';
import { testedWords } from './tested-words';

export function WhichAnswers({ model: { labels, report } }: { model: Pick<Model, 'labels' | 'report'> }) {
  const words = [dateTime(report.trainedAt), plural('labels_count', labels.length)] as const;
  const tested = testedWords(report);
  return (
    <p class="small soft">{tested ? t('model_answers_tested', ...words, tested) : t('model_answers', ...words)}</p>
  );
}
