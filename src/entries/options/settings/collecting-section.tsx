// How much is collected and how fast, how small an image may be, and whether opt-outs are honoured.
import { REFERER_CHOICES, type Settings } from '../../../contract/settings';
import { t } from '../../../edges/i18n';
import { changeSettings } from '../../../edges/settings';
import { attempt } from '../../parts/complain';
import { settings } from '../app/state';

export function CollectingSection({ settings: current }: { settings: Settings }) {
  const change = (part: Partial<Settings>) =>
    attempt(async () => {
      settings.value = await changeSettings(part);
    });
  return (
    <section class="card" aria-label={t('collecting')}>
      <h2>{t('collecting')}</h2>
      <p class="soft">{t('collecting_hint')}</p>
      <div class="fields">
        <NumberField
          name={t('setting_target')}
          value={current.target}
          min={1}
          max={5000}
          onChange={target => change({ target })}
        />
        <NumberField
          name={t('setting_transfers')}
          value={current.transfers}
          min={1}
          max={6}
          onChange={transfers => change({ transfers })}
        />
        <NumberField
          name={t('setting_minSide')}
          value={current.minSide}
          min={1}
          max={4000}
          onChange={minSide => change({ minSide })}
        />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={current.takeAtOnce}
          onChange={event => change({ takeAtOnce: event.currentTarget.checked })}
        />
        {t('take_at_once')}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={current.honourOptOut}
          onChange={event => change({ honourOptOut: event.currentTarget.checked })}
        />
        {t('setting_honourOptOut')}
      </label>
      <label class="field long">
        <span class="name">{t('setting_sendReferer')}</span>
        <select
          value={current.sendReferer}
          onChange={event => {
            const sendReferer = REFERER_CHOICES.find(choice => choice === event.currentTarget.value);
            if (sendReferer) change({ sendReferer });
          }}
        >
          {REFERER_CHOICES.map(choice => (
            <option key={choice} value={choice}>
              {t(`sendReferer_${choice}`)}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

interface FieldProps {
  name: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

function NumberField({ name, value, min, max, onChange }: FieldProps) {
  return (
    <label class="field">
      <span class="name">{name}</span>
      <input
        type="number"
        inputMode="numeric"
        required
        step={1}
        min={min}
        max={max}
        value={value}
        onChange={event => {
          const { valueAsNumber } = event.currentTarget;
          // What cannot be is not passed over in silence: the field says why.
          if (event.currentTarget.reportValidity()) onChange(valueAsNumber);
        }}
      />
    </label>
  );
}
