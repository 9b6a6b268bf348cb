// "Wrong? It is …": puts a tried image under the label it belongs to, and offers to train again.
import { useSignal } from '@preact/signals';
import { t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { attempt } from '../../parts/complain';
import { labels } from '../app/state';
import { LabelField } from './label-field';
import { correct, type Tried } from './tries';

export function Correction({ tried, onTrain }: { tried: Tried; onTrain: () => void }) {
  const chosen = useSignal('');
  const busy = useSignal(false);
  if (tried.corrected) {
    const { label, as } = tried.corrected;
    return (
      <div class="row">
        <span role="status">{t(`try_corrected_${as}`, named(label))}</span>
        {as === 'learnt_from' && (
          <button type="button" onClick={onTrain}>
            {t('train_again')}
          </button>
        )}
      </div>
    );
  }
  const submit = (event: Event) => {
    event.preventDefault();
    const label = labels.value?.find(({ id }) => id === chosen.value);
    if (!label) return;
    busy.value = true;
    void attempt(() => correct(tried, label)).then(() => (busy.value = false));
  };
  return (
    <form class="row" onSubmit={submit}>
      <LabelField name={t('try_wrong')} value={chosen.value} onChoose={id => (chosen.value = id)} />
      <button type="submit" disabled={chosen.value === '' || busy.value}>
        {t('try_put_there')}
      </button>
    </form>
  );
}
