// The rows of a setting: a box to tick, a number, a choice. Its sentence is called as it is, `setting_<name>`.
import { SETTINGS, type SettingName, type Settings } from '../../../contract/settings';
import { t } from '../../../edges/i18n';
import { changeSetting } from '../app/change-setting';

/** Names of the settings that hold a value of this kind. */
type NameOf<T> = { [K in SettingName]: Settings[K] extends T ? K : never }[SettingName];

/** Of settings that are one of several words. */
type Choice = {
  [K in SettingName]: (typeof SETTINGS)[K] extends { choices: unknown; default: string } ? K : never;
}[SettingName];

interface Row<T> {
  name: NameOf<T>;
  settings: Settings;
}

export function SettingBox({ name, settings }: Row<boolean>) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={settings[name]}
        onChange={event => changeSetting({ [name]: event.currentTarget.checked })}
      />
      {t(`setting_${name}`)}
    </label>
  );
}

export function SettingNumber({ name, settings }: Row<number>) {
  const { least, most } = SETTINGS[name];
  return (
    <label class="field">
      <span class="name">{t(`setting_${name}`)}</span>
      <input
        type="number"
        inputMode="numeric"
        required
        step={1}
        min={least}
        max={most}
        value={settings[name]}
        onChange={event => {
          const { valueAsNumber } = event.currentTarget;
          // What cannot be is not passed over in silence: the field says why.
          if (event.currentTarget.reportValidity()) changeSetting({ [name]: valueAsNumber });
        }}
      />
    </label>
  );
}

/** The choices are called `<name>_<choice>`. */
export function SettingChoice({ name, settings }: { name: Choice; settings: Settings }) {
  const { choices, read } = SETTINGS[name];
  return (
    <label class="field long">
      <span class="name">{t(`setting_${name}`)}</span>
      <select value={settings[name]} onChange={event => changeSetting({ [name]: read(event.currentTarget.value) })}>
        {choices.map(choice => (
          <option key={choice} value={choice}>
            {t(`${name}_${choice}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
