// Which settings of a backup an empty project takes: they are named, and how polite it is to servers is asked for by itself.
import type { Signal } from '@preact/signals';
import type { ProjectSettings } from '../../../contract/settings';
import { number, percent, t } from '../../../edges/i18n';
import type { RestorePlan, SettingsChoice } from './restore-plan';

interface Props {
  plan: RestorePlan;
  choice: Signal<SettingsChoice>;
}

export function RestoreSettings({ plan: { otherSettings }, choice }: Props) {
  const words = wordsOf(otherSettings);
  return (
    <>
      {words !== '' && (
        <label class="check">
          <input
            type="checkbox"
            checked={choice.value.settings}
            onChange={event => (choice.value = { ...choice.value, settings: event.currentTarget.checked })}
          />
          <span>
            {t('restore_settings')}
            <span class="soft small hint">{words}</span>
          </span>
        </label>
      )}
      {otherSettings.honourOptOut === false && (
        <label class="check">
          <input
            type="checkbox"
            checked={choice.value.optOuts}
            onChange={event => (choice.value = { ...choice.value, optOuts: event.currentTarget.checked })}
          />
          <span>
            {t('restore_opt_outs')}
            <span class="soft small hint">{t('restore_opt_outs_hint')}</span>
          </span>
        </label>
      )}
    </>
  );
}

/** "Splits: 80 % / 10 % / 10 % · Downloads at once: 6"; empty where none is another than here. */
function wordsOf({ ratios, target, transfers, minSide, honourOptOut }: Partial<ProjectSettings>): string {
  const shares = ratios && [ratios.train, ratios.valid, ratios.test].map(share => percent(share, 0)).join(' / ');
  const said = (key: string, value: string | undefined) => (value === undefined ? [] : `${t(key)}: ${value}`);
  const count = (value: number | undefined) => (value === undefined ? undefined : number(value));
  return [
    said('splits', shares),
    said('setting_target', count(target)),
    said('setting_transfers', count(transfers)),
    said('setting_minSide', count(minSide)),
    honourOptOut ? t('restore_opt_outs_honoured') : [],
  ]
    .flat()
    .join(' · ');
}
