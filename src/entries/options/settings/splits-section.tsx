// The shares of train, validation and test; they are taken over only when they make a whole.
import { useSignal } from '@preact/signals';
import { DEFAULT_RATIOS, SPLITS, type SplitRatios } from '../../../contract/sample';
import { number, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { attempt } from '../../parts/complain';
import { say } from '../app/notices';

export function SplitsSection({ ratios }: { ratios: SplitRatios }) {
  const shares = useSignal(asPercent(ratios));
  const sum = SPLITS.reduce((total, split) => total + shares.value[split], 0);
  const whole = sum === 100 && SPLITS.every(split => shares.value[split] >= 0) && shares.value.train > 0;
  const changed = SPLITS.some(split => shares.value[split] !== asPercent(ratios)[split]);
  const apply = (event: Event) => {
    event.preventDefault();
    if (!whole) return;
    const { train, valid, test } = shares.value;
    void attempt(async () => {
      await ask('setRatios', { ratios: { train: train / 100, valid: valid / 100, test: test / 100 } });
      say(t('splits_changed'));
    });
  };
  return (
    <section class="card" aria-label={t('splits')}>
      <h2>{t('splits')}</h2>
      <p class="soft">{t('splits_hint')}</p>
      <form class="stack" onSubmit={apply}>
        <div class="fields numbers">
          {SPLITS.map(split => (
            <label key={split} class="field">
              <span class="name">{t('share_of', t(`split_${split}`))}</span>
              <input
                type="number"
                inputMode="numeric"
                required
                step={1}
                min={split === 'train' ? 1 : 0}
                max={100}
                value={shares.value[split]}
                onInput={event => {
                  const value = event.currentTarget.valueAsNumber;
                  if (Number.isInteger(value)) shares.value = { ...shares.value, [split]: value };
                }}
              />
            </label>
          ))}
        </div>
        <div class="row">
          <button type="submit" disabled={!whole || !changed}>
            {t('apply')}
          </button>
          <button type="button" class="quiet" onClick={() => (shares.value = asPercent(DEFAULT_RATIOS))}>
            {t('defaults')}
          </button>
          <span class="soft" role="status">
            {sum === 100 ? '' : t('shares_sum', number(sum))}
          </span>
        </div>
      </form>
    </section>
  );
}

function asPercent(ratios: SplitRatios): SplitRatios {
  return {
    train: Math.round(ratios.train * 100),
    valid: Math.round(ratios.valid * 100),
    test: Math.round(ratios.test * 100),
  };
}
