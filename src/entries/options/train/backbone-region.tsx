// The backbone: which one new trainings use, and the ways to use another. Seeded ones only under ?demo.
import { BUILT_IN, backboneOf } from '../../../backbones';
import { resnet50Keras } from '../../../backbones/resnet50';
import type { BackboneInfo } from '../../../contract/features';
import { byteSize, duration, t } from '../../../edges/i18n';
import { requestImageSites } from '../../../edges/permissions';
import { BUILT_IN_INFO, sameWeights } from '../../../edges/store/backbones';
import { complain } from '../../parts/complain';
import { FileField } from '../../parts/file-button';
import { networkName } from '../../parts/network-name';
import { access, backbone, backbones } from '../app/state';
import type { Running } from '../app/task';
import { TaskOutcome } from '../app/task-outcome';
import {
  downloadWeights,
  getting,
  installPacked,
  installSeeded,
  packedName,
  readWeightsFile,
  switchBackbone,
  weightsTask,
} from './getting-weights';

/** The article's network, and the licence and origin of the built-in one, in the package. */
const ARTICLES = resnet50Keras.network;
const NOTICE = '/backbones/NOTICE.txt';
const SEED = 1;
/** Seeded weights know nothing of images: they are for tests and the demo, which open the page with ?demo. */
const seededAllowed = new URLSearchParams(location.search).has('demo');

export function BackboneRegion() {
  const inUse = backbone.value;
  if (!inUse) return null;
  const others = backbones.value.filter(({ id }) => !sameWeights(id, inUse.id));
  const busy = getting.value !== undefined;
  const offered = backbones.value.every(({ family }) => backboneOf(family).network !== ARTICLES);
  return (
    <section class="card" aria-label={t('backbone')}>
      <h2>{t('backbone')}</h2>
      <p>
        {whatIsInUse(inUse)}{' '}
        {isBuiltIn(inUse) && (
          <a href={NOTICE} target="_blank" rel="noreferrer">
            {t('licence_and_origin')}
          </a>
        )}
      </p>
      <p class="soft small">{t('backbone_explained')}</p>
      {getting.value && <Progress getting={getting.value} />}
      <TaskOutcome task={weightsTask} />
      {others.map(other => (
        <div class="row" key={other.id}>
          <button type="button" disabled={busy} onClick={() => void switchBackbone(other.id)}>
            {t('use_backbone', networkName(other))}
          </button>
          <span class="soft">{whatIsInUse(other)}</span>
        </div>
      ))}
      {offered && <Download busy={busy} />}
      <details>
        <summary>{t('other_weights')}</summary>
        <Ways busy={busy} download={!offered} />
      </details>
    </section>
  );
}

function isBuiltIn({ id }: BackboneInfo): boolean {
  return sameWeights(id, BUILT_IN_INFO.id);
}

function whatIsInUse(info: BackboneInfo): string {
  const name = networkName(info);
  if (isBuiltIn(info)) return t('backbone_built_in', name, byteSize(BUILT_IN.builtIn?.bytes ?? 0));
  return t(info.packed ? 'backbone_packed' : 'backbone_installed', name, info.source);
}

function Download({ busy }: { busy: boolean }) {
  const click = () => {
    // The weights' server is one more site: where access is missing it is asked for first thing in the click.
    if (access.value) return void downloadWeights();
    requestImageSites().then(granted => (granted ? downloadWeights() : undefined), complain);
  };
  return (
    <div class="row">
      <button type="button" disabled={busy} onClick={click}>
        {t('download_weights')}
      </button>
      <span class="soft">{t('download_weights_hint')}</span>
    </div>
  );
}

function Ways({ busy, download }: { busy: boolean; download: boolean }) {
  return (
    <div class="stack">
      {packedName.value && (
        <div class="row">
          <button type="button" disabled={busy} onClick={() => void installPacked()}>
            {t('use_packed')}
          </button>
          <span class="soft">{t('use_packed_hint', packedName.value)}</span>
        </div>
      )}
      {download && <Download busy={busy} />}
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
