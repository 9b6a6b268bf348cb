// Test an image: drop, paste, choose a file, or give an address; the answer below.
import './testing.css';
import { isFirefox } from '../../../edges/browser-kind';
import { t } from '../../../edges/i18n';
import { openApp, openTestPage } from '../../../edges/tabs';
import { AccessButton } from '../access-button';
import { access, model } from '../collect/state';
import { complain } from '../complain';
import { ImageSources } from '../image-sources';
import { SeededNote } from '../seeded-note';
import { PredictionView } from './prediction-view';
import { expectImage, test, testAddress, testImage, waiting } from './testing';

export function TestImage({ inTab }: { inTab: boolean }) {
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
          <ImageSources
            access={access.value}
            onFiles={([file]) => void testImage(file)}
            onAddress={address => void testAddress(address).catch(complain)}
            onError={complain}
            onExpect={expectImage}
            chooser={
              isFirefox() && !inTab ? (
                <button type="button" onClick={() => openTestPage().catch(complain)}>
                  {t('choose_in_tab')}
                </button>
              ) : undefined
            }
          />
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
