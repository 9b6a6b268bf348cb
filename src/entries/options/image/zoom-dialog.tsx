// One image in full with where it came from; arrows lead to its neighbours. What can be done with it is up to who shows it.
import './zoom-dialog.css';
import type { ComponentChildren } from 'preact';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { blobOf } from '../../../edges/store/samples';
import type { Flag } from '../../../pipeline/bucket/flags';
import { obey } from '../app/commands';
import { Dialog } from '../app/dialog';
import { useRead } from '../app/read';
import { model } from '../app/state';
import { LookedAt } from './looked-at';
import { Provenance } from './provenance';
import { ZOOM_COMMANDS } from './zoom-commands';
import { ZoomImage } from './zoom-image';

interface Props {
  /** The images arrows lead through. */
  samples: readonly Sample[];
  sha256: string;
  flags?: readonly Flag[];
  /** Of a deleted image: the name of the label it was deleted from. */
  deletedFrom?: string | undefined;
  /** What has to be decided about the image, above the facts. */
  question?: ComponentChildren;
  /** What can be done with it, below them. */
  children?: ComponentChildren;
  onShow?: (sha256: string) => void;
  /** Keys the dialog itself has no use for. */
  onKey?: (event: KeyboardEvent) => unknown;
  onClose: () => void;
}

export function ZoomDialog(props: Props) {
  const { samples, sha256, flags = [], onShow, onKey, onClose } = props;
  const index = samples.findIndex(sample => sample.sha256 === sha256);
  const sample = samples[index];
  const { value: blob, fresh } = useRead([], () => blobOf(sha256), [sha256]);
  const go = (by: number) => {
    const next = samples[index + by];
    if (next) onShow?.(next.sha256);
  };
  const keyDown = (event: KeyboardEvent) => void (obey(ZOOM_COMMANDS, { go }, event) || onKey?.(event));
  return (
    <Dialog title={sample?.candidate.title || t('image')} wide onClose={onClose} onKeyDown={keyDown}>
      {sample ? (
        <div class="zoom">
          <ZoomImage
            image={fresh ? blob : undefined}
            lost={fresh && !blob}
            title={sample.candidate.title ?? ''}
            place={{ index, count: samples.length }}
            onGo={go}
          />
          <div class="stack">
            {props.question}
            <Provenance sample={sample} flags={flags} deletedFrom={props.deletedFrom} />
            {model.value && fresh && blob && <LookedAt key={sha256} model={model.value} sha256={sha256} image={blob} />}
            {props.children}
          </div>
        </div>
      ) : (
        <p class="soft">{t('image_gone')}</p>
      )}
    </Dialog>
  );
}
