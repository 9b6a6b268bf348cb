// The weights of the backbone: what is installed, and the ways to get others. Seeded ones only under ?demo.
import type { BackboneInfo } from '../../../contract/features';
import { byteSize, duration, t } from '../../../edges/i18n';
import { requestImageSites } from '../../../edges/permissions';
import { complain } from '../../parts/complain';
import { FileField } from '../../parts/file-button';
import { access, backbone } from '../app/state';
import type { Running } from '../app/task';
import { TaskOutcome } from '../app/task-outcome';
import {
  downloadWeights,
  getting,
  installPacked,
  installSeeded,
  packedName,
  readWeightsFile,
  weightsTask,
} from './getting-weights';

const SEED = 1;
/** Seeded weights know nothing of pictures: they are for tests and the demo, which open the page with ?demo. */
const seededAllowed = new URLSearchParams(location.search).has('demo');

/** @param next  whether getting weights, where there are none, is the thing to do next on the screen */
export function BackboneRegion({ next = true }: { next?: boolean }) {
  const installed = backbone.value;
  return (
    <section class="card" aria-label={t('backbone')}>
      <h2>{t('backbone')}</h2>
      {installed ? <p>{whatIsInstalled(installed)}</p> : <p class="soft">{t('backbone_missing')}</p>}
      {getting.value && <Progress getting={getting.value} />}
      <TaskOutcome task={weightsTask} />
      {installed ? (
        <details>
          <summary>{t('other_weights')}</summary>
          <Ways installed={installed} next={false} />
        </details>
      ) : (
        <Ways next={next} />
      )}
    </section>
  );
}

function whatIsInstalled({ family, packed, source }: BackboneInfo): string {
  const network = t(`family_${family === 'keras-v1' ? 'keras' : 'torch'}`);
  return packed ? t('backbone_packed', network, source) : t('backbone_installed', network, source);
}

function Ways({ installed, next }: { installed?: BackboneInfo; next: boolean }) {
  const busy = getting.value !== undefined;
  const clickDownload = () => {
    // The weights' server is one more site: where access is missing it is asked for first thing in the click.
    if (access.value) return void downloadWeights();
    requestImageSites().then(granted => (granted ? downloadWeights() : undefined), complain);
  };
  return (
    <div class="stack">
      {packedName.value && !installed?.packed && (
        <div class="row">
          <button type="button" class={next ? 'primary' : ''} disabled={busy} onClick={() => void installPacked()}>
            {t('use_packed')}
          </button>
          <span class="soft">{t('use_packed_hint', packedName.value)}</span>
        </div>
      )}
      <div class="row">
        <button
          type="button"
          class={next && !packedName.value ? 'primary' : ''}
          disabled={busy}
          onClick={clickDownload}
        >
          {t('download_weights')}
        </button>
        <span class="soft">{t('download_weights_hint')}</span>
      </div>
      <FileField
        name={t('choose_weights')}
        accept=".h5,.hdf5,.safetensors"
        disabled={busy}
        onFiles={([file]) => void readWeightsFile(file)}
      />
      {seededAllowed && (
        <div class="row">
          <button type="button" disabled={busy} onClick={() => void installSeeded(SEED)}>
            {t('use_seeded')}
          </button>
          <span class="soft">{t('use_seeded_hint')}</span>
        </div>
      )}
    </div>
  );
}

function Progress({ getting: { done, total, secondsLeft } }: { getting: Running }) {
  return (
    <div class="row" role="status">
      {total > 0 ? (
        <>
          <progress value={done} max={total} aria-label={t('download_weights')} />
          <span>
            {t('bytes_of', byteSize(done), byteSize(total))}
            {secondsLeft !== undefined && ` · ${t('time_left', duration(secondsLeft))}`}
          </span>
        </>
      ) : (
        <>
          <progress aria-label={t('reading_weights')} />
          <span>{t('reading_weights')}</span>
        </>
      )}
      <button type="button" class="quiet" onClick={() => weightsTask.cancel()}>
        {t('cancel')}
      </button>
    </div>
  );
}
