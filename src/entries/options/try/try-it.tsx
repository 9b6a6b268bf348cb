// Try it, beside the training: images or the webcam, the model's answers, and the way to correct them.
import './try-it.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../../edges/i18n';
import { AccessButton } from '../../parts/access-button';
import { attempt, complain } from '../../parts/complain';
import { ImageSources } from '../../parts/image-sources';
import { fetchImageToTest } from '../../parts/image-to-test';
import { SeededNote } from '../../parts/seeded-note';
import { WhichAnswers } from '../../parts/which-answers';
import { openPredictor } from '../../workers/predictor';
import { access, model } from '../app/state';
import { TriedImage } from './tried-image';
import { answerTries, clearTries, tries, tryImages } from './tries';
import { Webcam } from './webcam';

const TITLE = 'try-it-title';

/** Brings it into sight, and the keyboard there. */
export function showTryIt(): void {
  document.getElementById(TITLE)?.focus();
}

/** @param busy  a training runs: what is tried meanwhile is answered by the model that comes of it  @param onTrain  trains again */
export function TryIt({ busy, onTrain }: { busy: boolean; onTrain: () => void }) {
  /** An address that waits for access to image sites. */
  const waiting = useSignal<string>();
  useEffect(() => answerTries(busy), [model.value?.id, busy]);
  const tryAddress = (address: string) => {
    if (access.value === false) {
      waiting.value = address;
      return;
    }
    waiting.value = undefined;
    void attempt(async () => tryImages([await fetchImageToTest(address)]));
  };
  return (
    <section class="card" aria-labelledby={TITLE}>
      <h2 id={TITLE} tabIndex={-1}>
        {t('try_it')}
      </h2>
      {model.value ? (
        <>
          <SeededNote backbone={model.value.backbone} />
          <WhichAnswers model={model.value} />
          <ImageSources
            multiple
            access={access.value}
            onFiles={tryImages}
            onAddress={tryAddress}
            onError={complain}
            onExpect={() => {
              if (!busy) void openPredictor();
            }}
          />
          {waiting.value !== undefined && (
            <div class="stack">
              <p class="small">{t('access_for_address')}</p>
              <div>
                <AccessButton
                  onAnswer={granted => {
                    if (!granted || waiting.value === undefined) return;
                    access.value = true;
                    tryAddress(waiting.value);
                  }}
                  onError={complain}
                />
              </div>
            </div>
          )}
          <Webcam paused={busy} onTrain={onTrain} />
          {tries.value.length > 0 && (
            <>
              <ul class="tries">
                {tries.value.map(tried => (
                  <TriedImage key={tried.id} tried={tried} onTrain={onTrain} />
                ))}
              </ul>
              <div>
                <button type="button" class="quiet" onClick={clearTries}>
                  {t('try_clear')}
                </button>
              </div>
            </>
          )}
        </>
      ) : (
        <p class="soft">{t('try_no_model')}</p>
      )}
    </section>
  );
}
