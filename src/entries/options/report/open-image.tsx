// Opens an image of the report in full, wherever on the screen it was clicked.
import { signal } from '@preact/signals';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { sampleByHash } from '../../../edges/store/samples';
import { ZoomDialog } from '../dataset/zoom-dialog';
import { attempt, say } from '../notices';

const opened = signal<Sample>();

export function openImage(sha256: string): Promise<void> {
  return attempt(async () => {
    const sample = await sampleByHash(sha256);
    if (sample && !sample.deletedAt) opened.value = sample;
    else say(t('image_gone'));
  });
}

export function OpenedImage() {
  const sample = opened.value;
  if (!sample) return null;
  return (
    <ZoomDialog
      samples={[sample]}
      sha256={sample.sha256}
      onShow={() => undefined}
      onClose={() => (opened.value = undefined)}
    />
  );
}
