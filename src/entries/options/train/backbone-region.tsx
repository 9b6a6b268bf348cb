// The weights of the backbone: what is installed, and the ways to get others. Seeded ones only under ?demo.
import { useSignal } from '@preact/signals';
import { byteSize, explain, t } from '../../../edges/i18n';
import { requestImageSites } from '../../../edges/permissions';
import { Note } from '../../parts/note';
import { access, backbone } from '../state';
import { backboneSource } from '../workers';

const SEED = 1;
/** Seeded weights know nothing of pictures: they are for tests and the demo, which open the page with ?demo. */
const seededAllowed = new URLSearchParams(location.search).has('demo');

interface Fetching {
  controller: AbortController;
  received?: number;
  total?: number;
}

export function BackboneRegion() {
  const fetching = useSignal<Fetching>();
  const wrong = useSignal<string>();
  const installed = backbone.value;

  const get = async (how: (controller: AbortController) => Promise<typeof installed>) => {
    const controller = new AbortController();
    fetching.value = { controller };
    wrong.value = undefined;
    try {
      backbone.value = await how(controller);
    } catch (error) {
      if (!controller.signal.aborted) wrong.value = explain(error);
    } finally {
      fetching.value = undefined;
    }
  };
  const download = () =>
    get(controller =>
      backboneSource().download((received, total) => {
        if (fetching.value?.controller === controller) fetching.value = { controller, received, total };
      }, controller.signal),
    );
  const clickDownload = () => {
    // The weights' server is one more site: where access is missing it is asked for first thing in the click.
    if (access.value) return void download();
    requestImageSites().then(
      granted => (granted ? download() : undefined),
      error => (wrong.value = explain(error)),
    );
  };
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void get(controller => backboneSource().fromFile(file, controller.signal));
  };

  const ways = (
    <div class="stack">
      <div class="row">
        <button
          type="button"
          class={installed ? '' : 'primary'}
          disabled={fetching.value !== undefined}
          onClick={clickDownload}
        >
          {t('download_weights')}
        </button>
        <span class="soft">{t('download_weights_hint')}</span>
      </div>
      <label class="field">
        <span class="name">{t('choose_weights')}</span>
        <input type="file" accept=".h5,.hdf5,.safetensors" disabled={fetching.value !== undefined} onChange={choose} />
      </label>
      {seededAllowed && (
        <div class="row">
          <button
            type="button"
            disabled={fetching.value !== undefined}
            onClick={() => get(() => backboneSource().seeded(SEED))}
          >
            {t('use_seeded')}
          </button>
          <span class="soft">{t('use_seeded_hint')}</span>
        </div>
      )}
    </div>
  );

  return (
    <section class="card" aria-label={t('backbone')}>
      <h2>{t('backbone')}</h2>
      {installed ? (
        <p>
          {t(
            'backbone_installed',
            t(`family_${installed.family === 'keras-v1' ? 'keras' : 'torch'}`),
            installed.source,
          )}
        </p>
      ) : (
        <p class="soft">{t('backbone_missing')}</p>
      )}
      {fetching.value && <Progress fetching={fetching.value} />}
      <div role="alert">{wrong.value && <Note kind="bad">{wrong.value}</Note>}</div>
      {installed ? (
        <details>
          <summary>{t('other_weights')}</summary>
          {ways}
        </details>
      ) : (
        ways
      )}
    </section>
  );
}

function Progress({ fetching: { controller, received, total } }: { fetching: Fetching }) {
  return (
    <div class="row" role="status">
      {received !== undefined && total !== undefined ? (
        <>
          <progress value={received} max={total} aria-label={t('download_weights')} />
          <span>{t('bytes_of', byteSize(received), byteSize(total))}</span>
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
