// Which of the trainings that are kept answers here: when it was trained, on how many labels, how good it is.
import type { Model } from '../../contract/report';
import { dateTime, percent, plural, t } from '../../edges/i18n';

export function WhichAnswers({ model: { labels, report } }: { model: Pick<Model, 'labels' | 'report'> }) {
  const words = [dateTime(report.trainedAt), plural('labels_count', labels.length)] as const;
  return (
    <p class="small soft">
      {Number.isFinite(report.testAccuracy)
        ? t('model_answers_tested', ...words, percent(report.testAccuracy, 0))
        : t('model_answers', ...words)}
    </p>
  );
}
