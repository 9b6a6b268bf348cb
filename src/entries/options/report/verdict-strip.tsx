// Images with the model's verdict under each; a click opens one in full.
import './verdict-strip.css';
import type { Model, Verdict } from '../../../contract/report';
import { percent, t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { predictedClass } from '../../../pipeline/report/verdicts';
import { openImage } from '../image/open-image';
import { Thumb } from '../image/thumb';

interface Props {
  model: Model;
  verdicts: Verdict[];
  /** Names the classes under each image: needed where they differ from image to image. */
  named?: boolean;
}

export function VerdictStrip({ model, verdicts, named = false }: Props) {
  const { labels } = model.report;
  if (verdicts.length === 0) return <p class="soft">{t('no_images_here')}</p>;
  return (
    <ul class="verdicts">
      {verdicts.map(verdict => {
        const predicted = predictedClass(verdict);
        const p = percent(verdict.p[predicted] ?? 0);
        const words = t('verdict', isolate(labels[verdict.truth] ?? ''), isolate(labels[predicted] ?? ''), p);
        return (
          <li key={verdict.sha256}>
            <button type="button" class="quiet" title={words} onClick={() => openImage(verdict.sha256)}>
              <span class="unseen">{words}</span>
              <span class="thumb">
                <Thumb sha256={verdict.sha256} />
              </span>
              {named && (
                <span class="small names" aria-hidden="true">
                  <bdi class="one-line">{labels[verdict.truth]}</bdi>
                  <span class="led">
                    → <bdi class="one-line">{labels[predicted]}</bdi>
                  </span>
                </span>
              )}
              <span class="small soft" aria-hidden="true">
                {p}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
