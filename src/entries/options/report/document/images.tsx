// Images with the model's verdict under each, as the file holds them.
import type { Verdict } from '../../../../contract/report';
import { t } from '../../../../edges/i18n';
import { predictedClass } from '../../../../pipeline/report/verdicts';
import { sureWords, verdictWords } from '../verdict-words';
import type { ReportContent } from './content';

interface Props extends Pick<ReportContent, 'model' | 'images'> {
  verdicts: Verdict[];
  /** Names the classes under each image: needed where they differ from image to image. */
  named?: boolean;
}

export function DocumentImages({ model, images, verdicts, named = false }: Props) {
  const { labels } = model.report;
  return (
    <ul class="pictures">
      {verdicts.map(verdict => {
        const predicted = predictedClass(verdict);
        const address = images.get(verdict.sha256);
        const words = verdictWords(labels, verdict);
        return (
          <li key={verdict.sha256}>
            {address ? <img src={address} alt={words} /> : <span class="gone small soft">{t('image_gone')}</span>}
            {named && (
              <span class="small names">
                <bdi class="two-lines" title={labels[verdict.truth]}>
                  {labels[verdict.truth]}
                </bdi>
                <span class="led" title={labels[predicted]}>
                  → <bdi class="two-lines">{labels[predicted]}</bdi>
                </span>
              </span>
            )}
            <span class="small soft">{sureWords(verdict)}</span>
          </li>
        );
      })}
    </ul>
  );
}
