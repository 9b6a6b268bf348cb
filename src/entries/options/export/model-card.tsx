// The card of model.zip: in which formats, whole or head only, 32 or 16 bits a weight.
import { signal } from '@preact/signals';
import { t } from '../../../edges/i18n';
import {
  MODEL_DEFAULTS,
  MODEL_FORMAT_NAMES,
  MODEL_FORMATS,
  type ModelOptions,
} from '../../../pipeline/export/model-options';
import { modelSize } from '../../../pipeline/export/model-size';
import { model } from '../app/state';
import { Card } from '../transfer/card';
import { exporting } from '../transfer/transfer';
import { Choices } from './choices';
import { modelFacts } from './model-facts';
import { saveModel } from './saving';

const options = signal<ModelOptions>(MODEL_DEFAULTS);

/** Without the formats that are whole networks by definition, where the head alone is wanted. */
function wanted({ formats, ...rest }: ModelOptions): ModelOptions {
  return { ...rest, formats: formats.filter(format => !rest.headOnly || MODEL_FORMATS[format].headOnly) };
}

export function ModelCard() {
  const trained = model.value;
  const chosen = wanted(options.value);
  const possible = trained !== undefined && chosen.formats.length > 0;
  return (
    <Card
      kind="model"
      facts={trained ? modelFacts(trained, modelSize(trained, chosen)) : t('no_model_to_export')}
      opens={[1, 2, 3].map(n => t(`export_model_opens_${n}`))}
      options={<Options />}
    >
      <button
        type="button"
        disabled={!possible || exporting.value !== undefined}
        onClick={() => void saveModel(chosen)}
      >
        {t('save_model_zip')}
      </button>
    </Card>
  );
}

function Options() {
  const { formats, headOnly, half } = options.value;
  const change = (part: Partial<ModelOptions>) => (options.value = { ...options.value, ...part });
  return (
    <>
      <Choices name={t('export_formats')}>
        {MODEL_FORMAT_NAMES.map(format => (
          <label key={format} class="check">
            <input
              type="checkbox"
              checked={formats.includes(format)}
              disabled={headOnly && !MODEL_FORMATS[format].headOnly}
              onChange={event => {
                const { checked } = event.currentTarget;
                change({ formats: MODEL_FORMAT_NAMES.filter(f => (f === format ? checked : formats.includes(f))) });
              }}
            />
            <span>
              {t(`format_${format}`)}
              {format === 'tflite-int8' && <span class="soft small hint">{t('format_tflite_int8_hint')}</span>}
            </span>
          </label>
        ))}
      </Choices>
      <Choices name={t('export_size')}>
        <label class="check">
          <input type="checkbox" checked={half} onChange={event => change({ half: event.currentTarget.checked })} />
          <span>
            {t('export_half')}
            <span class="soft small hint">{t('export_half_hint')}</span>
          </span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={headOnly}
            onChange={event => change({ headOnly: event.currentTarget.checked })}
          />
          <span>
            {t('export_head_only')}
            <span class="soft small hint">{t('export_head_only_hint')}</span>
          </span>
        </label>
      </Choices>
    </>
  );
}
