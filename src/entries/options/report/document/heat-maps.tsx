// Heat maps within the file: what the backbone responded to, and what speaks for the class predicted and the true one.
import { geometryOf } from '../../../../backbones';
import { t } from '../../../../edges/i18n';
import { isolate, named } from '../../../../pipeline/bucket/label-name';
import { predictedClass } from '../../../../pipeline/report/verdicts';
import { Note } from '../../../parts/note';
import { sureWords, verdictWords } from '../verdict-words';
import type { ReportContent } from './content';

export function HeatMaps({ model, heatMaps }: ReportContent) {
  const { labels } = model.report;
  return (
    <section class="card">
      <h2>{t('where_it_looked')}</h2>
      <p class="soft small">
        {t('where_it_looked_hint')} {t(`sees_${geometryOf(model.backbone.id)}`)}
      </p>
      {heatMaps.missing && <Note kind="info">{heatMaps.missing}</Note>}
      <ul class="looks">
        {heatMaps.shown.map(({ verdict, activation, evidence }) => {
          const predicted = predictedClass(verdict);
          return (
            <li key={verdict.sha256}>
              <p class="small led" title={verdictWords(labels, verdict)}>
                <bdi class="two-lines">{labels[verdict.truth]}</bdi>
                {predicted !== verdict.truth && (
                  <>
                    <span class="soft">→ </span>
                    <bdi class="two-lines soft">{labels[predicted]}</bdi>
                  </>
                )}{' '}
                <span class="soft">{sureWords(verdict)}</span>
              </p>
              <div class="maps">
                <figure>
                  <img src={activation} alt={t('heat_alt')} />
                  <figcaption class="small soft">{t('map_activation')}</figcaption>
                </figure>
                {evidence.map(({ label, address }) => (
                  <figure key={label}>
                    <img src={address} alt={t('grad_cam_alt', isolate(label))} />
                    <figcaption class="small soft" title={label}>
                      {t('grad_cam_for', named(label, 24))}
                    </figcaption>
                  </figure>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
