// The popup from top to bottom: name and way into the app, collecting, testing.
import mark from '../../../icons/mark.svg';
import { t } from '../../edges/i18n';
import { openApp } from '../../edges/tabs';
import { complain, wrong } from '../parts/complain';
import { Icon } from '../parts/icon';
import { Note } from '../parts/note';
import { Collect } from './collect';
import { TestImage } from './test-image';

export function PopupPage({ inTab }: { inTab: boolean }) {
  return (
    <>
      <header class="popup-head">
        <h1>
          <img src={mark} alt="" width="22" height="22" />
          {t('name')}
        </h1>
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
