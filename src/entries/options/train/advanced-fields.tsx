// The fold of the head and its hyper-parameters; every default is the article's.
import type { ComponentChildren } from 'preact';
import { ARTICLE_DEFAULTS, type ArticleOptions } from '../../../contract/head';
import { t } from '../../../edges/i18n';
import { BackendField } from './backend-field';
import { HeadField } from './head-field';
import { choice, options, timeCap } from './training';

interface NumberField {
  key: keyof ArticleOptions & ('epochs' | 'batchSize' | 'learningRate' | 'dropout' | 'hiddenUnits' | 'seed');
  min: number;
  max: number;
  step: number | 'any';
}

const FIELDS: NumberField[] = [
  { key: 'epochs', min: 1, max: 500, step: 1 },
  { key: 'batchSize', min: 1, max: 1024, step: 1 },
  { key: 'learningRate', min: 0.000001, max: 1, step: 'any' },
  { key: 'dropout', min: 0, max: 0.9, step: 'any' },
  { key: 'hiddenUnits', min: 1, max: 4096, step: 1 },
  { key: 'seed', min: 0, max: 4294967295, step: 1 },
];

/** @param children  what stands above the fields */
export function AdvancedFields({ disabled, children }: { disabled: boolean; children: ComponentChildren }) {
  const set = (change: Partial<ArticleOptions>) => (options.value = { ...options.value, ...change });
  return (
    // A field that stops the training must not stay folded away.
    <details class="advanced" onInvalidCapture={event => (event.currentTarget.open = true)}>
      <summary>{t('advanced')}</summary>
      <fieldset disabled={disabled}>
        <legend class="unseen">{t('advanced')}</legend>
        {children}
        <HeadField />
        <p class="soft small">{t('advanced_hint')}</p>
        <div class="fields">
          {FIELDS.map(({ key, min, max, step }) => (
            <label key={key} class="field">
              <span class="name">{t(`option_${key}`)}</span>
              <input
                type="number"
                inputMode="decimal"
                min={min}
                max={max}
                step={step}
                required
                value={options.value[key]}
                onInput={event => {
                  const { valueAsNumber, validity } = event.currentTarget;
                  if (validity.valid) set({ [key]: valueAsNumber });
                }}
              />
            </label>
          ))}
          <label class="field">
            <span class="name">{t('option_timeCap')}</span>
            <input
              type="number"
              min={5}
              max={3600}
              step={1}
              required
              disabled={choice.value !== 'auto'}
              value={timeCap.value}
              onInput={event => {
                if (event.currentTarget.validity.valid) timeCap.value = event.currentTarget.valueAsNumber;
              }}
            />
          </label>
          <BackendField />
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={options.value.classWeights}
            onChange={event => set({ classWeights: event.currentTarget.checked })}
          />
          {t('option_classWeights')}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={options.value.strictKeras}
            onChange={event => set({ strictKeras: event.currentTarget.checked })}
          />
          {t('option_strictKeras')}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={options.value.mirror}
            onChange={event => set({ mirror: event.currentTarget.checked })}
          />
          {t('option_mirror')}
        </label>
        <div>
          <button type="button" class="quiet" onClick={() => (options.value = ARTICLE_DEFAULTS)}>
            {t('defaults')}
          </button>
        </div>
      </fieldset>
    </details>
  );
}
