// Asks once whether sites that refused images may be told which page shows each; the answer is a setting.
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { readSettings } from '../../../edges/settings';
import { attempt } from '../../parts/complain';
import { Note } from '../../parts/note';
import { changeSetting } from '../app/change-setting';
import { say } from '../app/notices';
import { settings } from '../app/state';

/** Nothing once it is answered, here or in Settings. `refused` images of this label wait for the answer. */
export function PageWanted({ refused }: { refused: number }) {
  if (refused === 0 || settings.value?.sendReferer !== 'ask') return null;
  const tell = () =>
    attempt(async () => {
      const { requeued } = await ask('tellPages', {});
      settings.value = await readSettings();
      say(plural('requeued', requeued));
    });
  const tellNothing = () => changeSetting({ sendReferer: 'never' });
  return (
    <Note kind="info">
      <p>{plural('page_wanted', refused)}</p>
      <p class="row">
        <button type="button" onClick={tell}>
          {t('tell_pages')}
        </button>
        <button type="button" onClick={tellNothing}>
          {t('tell_no_pages')}
        </button>
      </p>
    </Note>
  );
}
