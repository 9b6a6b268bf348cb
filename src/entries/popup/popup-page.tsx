// The popup from top to bottom: name and way into the app, collecting, testing.
import mark from '../../../icons/mark.svg';
import { t } from '../../edges/i18n';
import { openSidePanel } from '../../edges/side-panel';
import { openApp } from '../../edges/tabs';
import { Collect } from '../parts/collect/collect-form';
import { complain, wrong } from '../parts/complain';
import { Icon } from '../parts/icon';
import { Note } from '../parts/note';
import { TestImage } from '../parts/testing/test-image';

export function PopupPage({ inTab }: { inTab: boolean }) {
  return (
    <>
      <header class="popup-head">
        <h1>
          <img src={mark} alt="" width="22" height="22" />
          {t('name')}
        </h1>
        {!inTab && (
          <button type="button" class="quiet" onClick={() => void openSidePanel()}>
            {t('open_side_panel')}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => openApp('dataset').catch(complain)}>
          <Icon name="dataset" size={16} />
          {t('open_app')}
        </button>
      </header>
      <main class="stack">
        <div role="alert">{wrong.value !== undefined && <Note kind="bad">{wrong.value}</Note>}</div>
        {!inTab && <Collect />}
        <TestImage inTab={inTab} />
      </main>
    </>
  );
}
