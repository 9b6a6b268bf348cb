// Opens an image of the report in full, wherever on the screen it was clicked.
import { signal } from '@preact/signals';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { sampleByHash } from '../../../edges/store/samples';
import { attempt } from '../../parts/complain';
import { say } from '../app/notices';
import { useRead } from '../app/read';
import { samplesVersion } from '../app/state';
import { ZoomDialog } from './zoom-dialog';

/** The image shown in full; its row goes when the image is deleted meanwhile. */
const opened = signal<{ sha256: string; sample: Sample | undefined }>();

export function openImage(sha256: string): Promise<void> {
  return attempt(async () => {
    const sample = await live(sha256);
    if (sample) opened.value = { sha256, sample };
    else say(t('image_gone'));
  });
}

async function live(sha256: string): Promise<Sample | undefined> {
  const sample = await sampleByHash(sha256);
  return sample?.deletedAt ? undefined : sample;
}

export function OpenedImage() {
  const sha256 = opened.value?.sha256;
  const sample = opened.value?.sample;
  const { value, fresh } = useRead([samplesVersion], async () => (sha256 ? live(sha256) : undefined), [sha256]);
  if (sha256 === undefined) return null;
  // Until it has been read again it is as it was when it was opened.
  const now = fresh ? value : sample;
  return <ZoomDialog samples={now ? [now] : []} sha256={sha256} onClose={() => (opened.value = undefined)} />;
}
