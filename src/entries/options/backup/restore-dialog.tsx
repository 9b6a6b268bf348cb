// Says what a backup holds and what it would change, and asks.
import './restore-dialog.css';
import { useSignal } from '@preact/signals';
import { dateTime, nameList, number, plural, t } from '../../../edges/i18n';
import { MOST_MODELS } from '../../../pipeline/backup/limits';
import { isolate } from '../../../pipeline/bucket/label-name';
import { Note } from '../../parts/note';
import { Confirm } from '../app/confirm';
import type { RestorePlan, SettingsChoice } from './restore-plan';
import { RestoreSettings } from './restore-settings';
import { planned, restorePlanned } from './restoring';

export function RestoreDialog() {
  const plan = planned.value;
  return plan ? <Asking key={plan.name} plan={plan} /> : null;
}

function Asking({ plan }: { plan: RestorePlan }) {
  const choice = useSignal<SettingsChoice>({ settings: true, optOuts: false });
  const { newestModel, replacedModel } = plan;
  return (
    <Confirm
      title={t('restore_title')}
      action={t('restore')}
      onYes={() => void restorePlanned(plan, choice.value)}
      onClose={() => (planned.value = undefined)}
    >
      <p>
        <bdi>{plan.name}</bdi>
      </p>
      <dl class="facts">
        <dt>{t('export_labels')}</dt>
        <dd>
          <span title={plan.labels.map(({ name }) => isolate(name)).join(', ')}>
            {nameList(plan.labels.map(({ name }) => name))}
          </span>
        </dd>
        <dt>{t('restore_images')}</dt>
        <dd>
          {plural('images', plan.images)}
          {plan.here > 0 && <span class="line">{t('restore_here', number(plan.here))}</span>}
          {plan.elsewhere > 0 && <span class="line">{t('restore_elsewhere', number(plan.elsewhere))}</span>}
        </dd>
        <dt>{t('restore_addresses')}</dt>
        <dd>{number(plan.addresses)}</dd>
        <dt>{t('restore_models')}</dt>
        <dd>{number(plan.models)}</dd>
      </dl>
      {plan.modelsLeftOut > 0 && (
        <Note kind="warn">{plural('restore_models_left_out', plan.modelsLeftOut, MOST_MODELS)}</Note>
      )}
      <p class="soft">{t(plan.empty ? 'restore_into_empty' : 'restore_into_filled')}</p>
      {newestModel !== undefined && replacedModel !== undefined && (
        <Note kind="warn">{t('restore_answers', dateTime(newestModel), dateTime(replacedModel))}</Note>
      )}
      <RestoreSettings plan={plan} choice={choice} />
      {plan.partMissing && <Note kind="warn">{t('restore_part_missing')}</Note>}
    </Confirm>
  );
}
