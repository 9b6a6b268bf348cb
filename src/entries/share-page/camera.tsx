// The camera on the shared page, answered frame by frame; it ends when the page is out of sight.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Prediction } from '../../contract/report';
import { closeCamera, onCameraLost, openCamera, showCamera } from '../../edges/camera';
import { t } from '../../edges/i18n';
import { attempt, complain } from '../parts/complain';
import { TopClasses } from '../parts/top-classes';
import { classify, state } from './classifying';

export function Camera() {
  const stream = useSignal<MediaStream>();
  const prediction = useSignal<Prediction>();
  const video = useRef<HTMLVideoElement>(null);
  const stop = () => (stream.value = undefined);
  useEffect(() => {
    const [running, view] = [stream.value, video.current];
    if (!running || !view) return;
    let current = true;
    const hidden = () => document.hidden && stop();
    document.addEventListener('visibilitychange', hidden);
    onCameraLost(running, error => {
      stop();
      complain(error);
    });
    const answerFrames = async () => {
      await showCamera(view, running);
      // The next frame is taken when the last is answered, so that a slow machine is never behind.
      while (current) {
        const answer = await classify(view);
        if (current) prediction.value = answer;
      }
    };
    answerFrames().catch(error => {
      if (current) complain(error);
    });
    return () => {
      current = false;
      document.removeEventListener('visibilitychange', hidden);
      closeCamera(running);
      prediction.value = undefined;
    };
  }, [stream.value]);
  if (!stream.value) {
    const start = () =>
      attempt(async () => {
        stream.value = await openCamera();
      });
    return (
      <div class="row">
        <button type="button" disabled={state.value === 'broken'} onClick={() => void start()}>
          {t('webcam_start')}
        </button>
        <span class="small soft">{t('webcam_hint')}</span>
      </div>
    );
  }
  return (
    <div class="answer">
      <video ref={video} aria-label={t('webcam')} muted playsInline />
      <div class="stack">
        {prediction.value ? <TopClasses prediction={prediction.value} steady /> : <p class="soft">{t('looking')}</p>}
        <div>
          <button type="button" onClick={stop}>
            {t('webcam_stop')}
          </button>
        </div>
      </div>
    </div>
  );
}
