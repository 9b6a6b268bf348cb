// The weights of the backbone: what is installed, and the ways to get others. Seeded ones only under ?demo.
import type { BackboneInfo } from '../../../contract/features';
import { byteSize, duration, explain, t } from '../../../edges/i18n';
import { requestImageSites } from '../../../edges/permissions';
import { Note } from '../../parts/note';
import { access, backbone } from '../app/state';
import {
  downloadWeights,
  type Getting,
  getting,
  gettingError,
  installPacked,
  installSeeded,
  packedName,
  readWeightsFile,
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
      <div role="alert">{gettingError.value && <Note kind="bad">{gettingError.value}</Note>}</div>
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
    requestImageSites().then(
      granted => (granted ? downloadWeights() : undefined),
      error => (gettingError.value = explain(error)),
    );
  };
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void readWeightsFile(file);
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
      <label class="field">
        <span class="name">{t('choose_weights')}</span>
        <input type="file" accept=".h5,.hdf5,.safetensors" disabled={busy} onChange={choose} />
      </label>
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

function Progress({ getting: { controller, received, total, secondsLeft } }: { getting: Getting }) {
  return (
    <div class="row" role="status">
      {received !== undefined && total !== undefined ? (
        <>
          <progress value={received} max={total} aria-label={t('download_weights')} />
          <span>
            {t('bytes_of', byteSize(received), byteSize(total))}
            {secondsLeft !== undefined && ` · ${t('time_left', duration(secondsLeft))}`}
          </span>
        </>
      ) : (
        <>
          <progress aria-label={t('reading_weights')} />
          <span>{t('reading_weights')}</span>
        </>
      )}
      <button type="button" class="quiet" onClick={() => controller.abort()}>
        {t('cancel')}
      </button>
    </div>
  );
}
