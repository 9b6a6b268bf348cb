// Images with the model's verdict under each, as the file holds them.
import type { Verdict } from '../../../../contract/report';
import { percent, t } from '../../../../edges/i18n';
import { isolate } from '../../../../pipeline/bucket/label-name';
import { predictedClass } from '../../../../pipeline/report/verdicts';
import type { ReportContent } from './content';

interface Props extends Pick<ReportContent, 'model' | 'pictures'> {
  verdicts: Verdict[];
  /** Names the classes under each image: needed where they differ from image to image. */
  named?: boolean;
}

export function DocumentImages({ model, pictures, verdicts, named = false }: Props) {
  const { labels } = model.report;
  return (
    <ul class="pictures">
      {verdicts.map(verdict => {
        const predicted = predictedClass(verdict);
        const p = percent(verdict.p[predicted] ?? 0);
        const address = pictures.get(verdict.sha256);
        const words = t('verdict', isolate(labels[verdict.truth] ?? ''), isolate(labels[predicted] ?? ''), p);
        return (
          <li key={verdict.sha256}>
            {address ? <img src={address} alt={words} /> : <span class="gone small soft">{t('image_gone')}</span>}
            {named && (
              <span class="small names">
                <bdi class="one-line" title={labels[verdict.truth]}>
                  {labels[verdict.truth]}
                </bdi>
                <span class="led" title={labels[predicted]}>
                  → <bdi class="one-line">{labels[predicted]}</bdi>
                </span>
              </span>
            )}
            <span class="small soft">{p}</span>
          </li>
        );
      })}
    </ul>
  );
}
