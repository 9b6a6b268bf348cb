// Frames of the webcam for a label: collected while the button is held, by pointer or key, and added when it is let go.
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { frameFile } from '../../../edges/camera';
import { delay } from '../../../edges/delay';
import { number, t } from '../../../edges/i18n';
import { attempt } from '../../parts/complain';
import { labels } from '../app/state';
import { add } from '../dataset/adding';
import { LabelField } from './label-field';

/** Between two frames that are kept, in ms: quicker ones are nearly the same image. */
const PAUSE = 200;
/** In one go; a key that got stuck must not fill the disk. */
const MOST = 100;

export function HoldToAdd({ video, onTrain }: { video: RefObject<HTMLVideoElement | null>; onTrain: () => void }) {
  const chosen = useSignal('');
  const count = useSignal(0);
  const added = useSignal(false);
  const holding = useRef(false);
  const letGo = () => {
    holding.current = false;
  };
  useEffect(() => letGo, []);
  const label = labels.value?.find(({ id }) => id === chosen.value);
  const hold = () => {
    if (holding.current || !label || !video.current) return;
    holding.current = true;
    void attempt(async () => {
      const frames = await framesWhile(
        () => holding.current,
        video.current,
        taken => (count.value = taken),
      );
      letGo();
      if (frames.length > 0) await add(label, frames);
      added.value ||= frames.length > 0;
    });
  };
  return (
    <div class="row">
      <LabelField name={t('label')} value={chosen.value} onChoose={id => (chosen.value = id)} />
      <button
        type="button"
        disabled={!label}
        onPointerDown={hold}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onBlur={letGo}
        onKeyDown={event => {
          if (event.key === ' ' && !event.repeat) hold();
        }}
        onKeyUp={letGo}
      >
        {t('webcam_hold')}
      </button>
      <span class="small soft number">{count.value > 0 ? t('webcam_taken', number(count.value)) : ''}</span>
      {added.value && (
        <button type="button" onClick={onTrain}>
          {t('train_again')}
        </button>
      )}
    </div>
  );
}

/** At least the one that was seen when the button went down. */
async function framesWhile(
  isHeld: () => boolean,
  video: HTMLVideoElement | null,
  onFrame: (taken: number) => void,
): Promise<File[]> {
  const frames: File[] = [];
  while (video && video.videoWidth > 0 && frames.length < MOST) {
    frames.push(await frameFile(video, `webcam-${Date.now()}.jpg`));
    onFrame(frames.length);
    await delay(PAUSE);
    if (!isHeld()) break;
  }
  return frames;
}
