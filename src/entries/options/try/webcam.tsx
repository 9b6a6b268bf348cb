// The webcam, answered frame by frame; while a button is held its frames are collected for a label. It ends when out of sight.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Prediction } from '../../../contract/report';
import { closeCamera, onCameraLost, openCamera, showCamera } from '../../../edges/camera';
import { delay } from '../../../edges/delay';
import { number, t } from '../../../edges/i18n';
import { attempt, complain } from '../../parts/complain';
import { TopClasses } from '../../parts/top-classes';
import { predictImage } from '../../workers/predictor';
import { model } from '../app/state';
import { Task } from '../app/task';
import { HoldToAdd } from './hold-to-add';

/** One for the page, as there is one lens. */
const watching = new Task({ beside: true });

/** @param paused  nothing is answered meanwhile; the image stays live */
export function Webcam({ paused, onTrain }: { paused: boolean; onTrain: () => void }) {
  const stream = useSignal<MediaStream>();
  const prediction = useSignal<Prediction>();
  const rate = useSignal<number>();
  const video = useRef<HTMLVideoElement>(null);
  const stop = () => {
    stream.value = undefined;
  };
  useEffect(() => {
    const [shown, view] = [stream.value, video.current];
    if (!shown || !view) return;
    const hidden = () => {
      if (document.hidden) stop();
    };
    document.addEventListener('visibilitychange', hidden);
    onCameraLost(shown, error => {
      stop();
      complain(error);
    });
    showCamera(view, shown).catch(complain);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      closeCamera(shown);
      prediction.value = undefined;
      rate.value = undefined;
    };
  }, [stream.value]);
  useEffect(() => {
    const view = video.current;
    if (!stream.value || !view || paused) return;
    void watching.run({}, async (_, signal) => {
      const times: number[] = [];
      const answered = (found: Prediction) => {
        prediction.value = found;
        times.push(performance.now());
        if (times.length > RECENT) times.shift();
        rate.value = rateOf(times);
      };
      await answerFrames(view, answered, signal);
      return undefined;
    });
    return () => watching.cancel();
  }, [stream.value, paused]);
  /** The screen was left; the browser's question may be answered later. */
  const left = useRef(false);
  useEffect(
    () => () => {
      left.current = true;
    },
    [],
  );
  const start = () =>
    attempt(async () => {
      const opened = await openCamera();
      if (left.current) closeCamera(opened);
      else stream.value = opened;
    });
  if (!stream.value)
    return (
      <div class="row">
        <button type="button" onClick={() => void start()}>
          {t('webcam_start')}
        </button>
        <span class="small soft">{t('webcam_hint')}</span>
      </div>
    );
  return (
    <div class="tried webcam">
      <video ref={video} aria-label={t('webcam')} muted playsInline />
      <div class="stack">
        {prediction.value ? <TopClasses prediction={prediction.value} steady /> : <Waiting />}
        <HoldToAdd video={video} onTrain={onTrain} />
        <div class="row">
          <button type="button" onClick={stop}>
            {t('webcam_stop')}
          </button>
          <span class="small soft webcam-rate">
            {rate.value === undefined ? '' : t('webcam_rate', number(rate.value, 1))}
          </span>
        </div>
      </div>
    </div>
  );
}

/** As high as an answer, so that nothing moves when the first one comes. */
function Waiting() {
  const top = model.value?.labels.map(({ name }) => ({ label: name, p: 0 })) ?? [];
  return (
    <div class="waiting">
      <p class="soft">{t('looking')}</p>
      <div class="not-said">
        <TopClasses prediction={{ top }} steady />
      </div>
    </div>
  );
}

/** Answers by which the rate is told. */
const RECENT = 10;

/** Answers a second, by when the last of them came, in ms; undefined before there are two. */
function rateOf(times: readonly number[]): number | undefined {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return last > first ? (1000 * (times.length - 1)) / (last - first) : undefined;
}

/** Until a frame comes, in ms. */
const PAUSE = 50;

/** One frame after the other: the next is taken when the last is answered, so that a slow machine is never behind. */
async function answerFrames(
  video: HTMLVideoElement,
  onAnswer: (prediction: Prediction) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      await delay(PAUSE);
      continue;
    }
    const frame = await createImageBitmap(video);
    try {
      const answer = await predictImage(frame, signal);
      if (!signal.aborted) onAnswer(answer);
    } finally {
      frame.close();
    }
  }
}
