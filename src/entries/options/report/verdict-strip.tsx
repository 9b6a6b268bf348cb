// Images with the model's verdict under each; a click opens one in full.
import './verdict-strip.css';
import { useSignal } from '@preact/signals';
import type { Model, Verdict } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { predictedClass } from '../../../pipeline/report/verdicts';
import { openImage } from '../image/open-image';
import { Thumb } from '../image/thumb';
import { sureWords, verdictWords } from './verdict-words';

interface Props {
  model: Model;
  verdicts: Verdict[];
  /** Names the classes under each image: needed where they differ from image to image. */
  named?: boolean;
}

/** Shown at first, and with every press of the button more. */
const PAGE = 24;

export function VerdictStrip({ model, verdicts, named = false }: Props) {
  const { labels } = model.report;
  const shown = useSignal(PAGE);
  if (verdicts.length === 0) return <p class="soft">{t('no_images_here')}</p>;
  return (
    <>
      <ul class="verdicts">
        {verdicts.slice(0, shown.value).map(verdict => {
          const words = verdictWords(labels, verdict);
          return (
            <li key={verdict.sha256}>
              <button type="button" class="quiet" title={words} onClick={() => openImage(verdict.sha256)}>
                <span class="unseen">{words}</span>
                <span class="thumb">
                  <Thumb sha256={verdict.sha256} />
                </span>
                {named && (
                  <span class="small names" aria-hidden="true">
                    <bdi class="two-lines">{labels[verdict.truth]}</bdi>
                    <span class="led">
                      → <bdi class="two-lines">{labels[predictedClass(verdict)]}</bdi>
                    </span>
                  </span>
                )}
                <span class="small soft" aria-hidden="true">
                  {sureWords(verdict)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {verdicts.length > shown.value && (
        <div>
          <button type="button" onClick={() => (shown.value += PAGE)}>
            {t('show_more')}
          </button>
        </div>
      )}
    </>
  );
}
