// Collect from the page beside: which label, and how far the downloads are.
import './collect.css';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Label } from '../../../contract/label';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { requestImageSites } from '../../../edges/permissions';
import { openSidePanel } from '../../../edges/side-panel';
import { checkedName, named, tidyName } from '../../../pipeline/bucket/label-name';
import { AccessButton } from '../access-button';
import { complain, wrong } from '../complain';
import { Progress } from './progress';
import { access, harvest, labels, lastLabel, queue, tab } from './state';

const NEW = 'new';

/** @param inPanel  in the side panel, which shows what is found: it need not be opened, and nothing is said of it */
export function Collect({ inPanel = false }: { inPanel?: boolean }) {
  const chosen = useSignal<string>();
  const typed = useSignal<string>();
  const said = useSignal('');
  const field = useId();
  const rows = labels.value ?? [];
  const value = chosen.value ?? likelyLabel(rows) ?? NEW;
  const isNew = value === NEW;
  const name = typed.value ?? tab.value?.query ?? '';
  const wanted = tidyName(name);

  const collect = (event: Event) => {
    event.preventDefault();
    // First thing in the click: browsers refuse to ask after any await. The harvest does not wait for the answer,
    // which may close the popup; downloads begin once access is there.
    // The side panel, which shows what is found, opens by the same click or not at all.
    if (!inPanel) void openSidePanel();
    const asked = access.value ? undefined : requestImageSites();
    asked?.catch(complain);
    if (!tab.value || (isNew && !wanted)) return;
    wrong.value = undefined;
    try {
      if (isNew) checkedName(wanted);
    } catch (error) {
      return complain(error);
    }
    const target = isNew ? { newLabel: wanted } : { labelId: value };
    const label = isNew ? wanted : (rows.find(row => row.id === value)?.name ?? '');
    ask('startHarvest', { tabId: tab.value.id, target, seen: true }).then(() => {
      if (!inPanel) said.value = t('collecting_into', named(label));
    }, complain);
  };

  return (
    <section class="stack collect" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{t('collect_title')}</h2>
      {tab.value === null ? (
        <p class="soft">{t('no_page')}</p>
      ) : (
        <form class="collect-form" onSubmit={collect}>
          <label class="field">
            <span class="unseen">{t('label')}</span>
            <select value={value} onChange={event => (chosen.value = event.currentTarget.value)}>
              {rows.map(label => (
                <option key={label.id} value={label.id} title={label.name}>
                  {named(label.name)}
                </option>
              ))}
              <option value={NEW}>{t('new_label_option')}</option>
            </select>
          </label>
          {isNew && (
            <label class="field">
              <span class="unseen">{t('label_name')}</span>
              <input
                dir="auto"
                placeholder={t('label_name')}
                value={name}
                onInput={event => (typed.value = event.currentTarget.value)}
              />
            </label>
          )}
          <button type="submit" class="primary" disabled={!tab.value || (isNew && !wanted)}>
            {t('collect')}
          </button>
        </form>
      )}
      {harvest.value && !harvest.value.harvest.undone && <Progress progress={harvest.value} />}
      <p class="small soft" role="status">
        {[said.value, queue.value.queued > 0 ? plural('to_download', queue.value.queued) : '']
          .filter(Boolean)
          .join(' · ')}
      </p>
      {queue.value.paused && queue.value.queued > 0 && (
        <div class="stack">
          <p class="small">{t(`paused_${queue.value.paused}`)}</p>
          {queue.value.paused === 'no-permission' && <AccessButton primary={false} onError={complain} />}
        </div>
      )}
    </section>
  );
}

/** The label this page is most likely meant for: that of its search, a new one for another search, or the last one used. */
function likelyLabel(rows: Label[]): string | undefined {
  const query = tab.value?.query;
  if (query) return rows.find(label => label.name === query)?.id ?? NEW;
  return rows.find(label => label.id === lastLabel.value)?.id ?? rows[0]?.id;
}
