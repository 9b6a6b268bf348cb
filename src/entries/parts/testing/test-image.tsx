// Test an image: drop, paste, choose a file, or give an address; the answer below.
import './testing.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isFirefox } from '../../../edges/browser-kind';
import { t } from '../../../edges/i18n';
import { requestImageSites } from '../../../edges/permissions';
import { openApp, openTestPage } from '../../../edges/tabs';
import { AccessButton } from '../access-button';
import { access, model } from '../collect/state';
import { complain } from '../complain';
import { FileField } from '../file-button';
import { SeededNote } from '../seeded-note';
import { PredictionView } from './prediction-view';
import { expectImage, test, testAddress, testImage, waiting } from './testing';

export function TestImage({ inTab }: { inTab: boolean }) {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => take(event.clipboardData, event);
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
  return (
    <section class="stack" aria-label={t('test_title')}>
      <h2>{t('test_title')}</h2>
      {model.value === null ? (
        <div class="stack">
          <p class="soft">{t('no_model')}</p>
          <div>
            <button type="button" onClick={() => openApp('train').catch(complain)}>
              {t('go_train')}
            </button>
          </div>
        </div>
      ) : (
        <>
          <SeededNote backbone={model.value?.backbone} />
          <Sources inTab={inTab} />
          {waiting.value !== undefined && (
            <div class="stack">
              <p class="small">{t('access_for_address')}</p>
              <AccessButton
                primary={inTab}
                onAnswer={granted => {
                  if (granted && waiting.value !== undefined) testAddress(waiting.value).catch(complain);
                }}
                onError={complain}
              />
            </div>
          )}
          {test.value && <PredictionView test={test.value} />}
        </>
      )}
    </section>
  );
}

/** Takes the first picture, else the first address, of a drop or a paste. */
function take(transfer: DataTransfer | null, event: Event): void {
  const file = [...(transfer?.files ?? [])].find(one => one.type.startsWith('image/'));
  const text = transfer?.getData('text/uri-list') || transfer?.getData('text/plain') || '';
  const address = text.split('\n').find(line => /^https?:\/\//.test(line.trim()));
  if (file) void testImage(file);
  else if (address && !(event.target instanceof HTMLInputElement)) testAddress(address.trim()).catch(complain);
  else return;
  event.preventDefault();
}

function Sources({ inTab }: { inTab: boolean }) {
  const address = useSignal('');
  const over = useSignal(false);
  const submit = (event: Event) => {
    event.preventDefault();
    // Asked for first thing in the click where it is missing; browsers refuse after any await.
    const asked = access.value ? Promise.resolve(true) : requestImageSites();
    const wanted = address.value.trim();
    asked.then(granted => (granted ? testAddress(wanted) : undefined)).catch(complain);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the fields within are the first.
    <div
      class={over.value ? 'sources over' : 'sources'}
      onPointerEnter={expectImage}
      onFocusIn={expectImage}
      onDragEnter={expectImage}
      onDragOver={event => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={event => {
        over.value = false;
        take(event.dataTransfer, event);
      }}
    >
      <p class="small soft">{t('drop_or_paste')}</p>
      {isFirefox() && !inTab ? (
        <button type="button" onClick={() => openTestPage().catch(complain)}>
          {t('choose_in_tab')}
        </button>
      ) : (
        <FileField name={t('choose_image')} words="small" accept="image/*" onFiles={([file]) => void testImage(file)} />
      )}
      <form class="address" onSubmit={submit}>
        <input
          type="url"
          required
          aria-label={t('image_address')}
          placeholder={t('image_address')}
          value={address.value}
          onInput={event => (address.value = event.currentTarget.value)}
        />
        <button type="submit">{t('test')}</button>
      </form>
    </div>
  );
}
