// Labels worth a second look, least likely first: each can be moved to the label suggested, or kept.
import './doubts.css';
import { useSignal } from '@preact/signals';
import type { Label } from '../../../contract/label';
import type { Model } from '../../../contract/report';
import { number, percent, plural, t } from '../../../edges/i18n';
import { sampleByHash } from '../../../edges/store/samples';
import { isolate } from '../../../pipeline/bucket/label-name';
import { attempt } from '../../parts/complain';
import type { Doubt } from '../../workers/doubts';
import { moveSamples } from '../app/changes';
import { labels } from '../app/state';
import { openImage } from '../image/open-image';
import { Thumb } from '../image/thumb';
import { decided, doubtsOf, doubtsTask, lookForDoubts } from './finding-doubts';

/** Shown at first, and with every press of the button more. */
const PAGE = 24;

export function Doubts({ model }: { model: Model }) {
  const running = doubtsTask.running.value?.modelId === model.id ? doubtsTask.running.value : undefined;
  const found = doubtsOf(model);
  const doubts = found ?? [];
  const shown = useSignal(PAGE);
  return (
    <div class="card">
      <h2>{t('doubts')}</h2>
      <p class="soft small">{t('doubts_hint')}</p>
      <div class="row">
        <button type="button" disabled={running !== undefined} onClick={() => void lookForDoubts(model)}>
          {t('find_doubts')}
        </button>
        {running && (
          <button type="button" onClick={() => doubtsTask.cancel()}>
            {t('cancel')}
          </button>
        )}
        <span role="status" class="soft">
          {running
            ? t('fold_of', number(running.done + 1), number(running.total || 5))
            : found && plural('doubts_found', doubts.length)}
        </span>
      </div>
      {doubts.length > 0 && (
        <ul class="verdicts">
          {doubts.slice(0, shown.value).map(doubt => (
            <DoubtedImage key={doubt.sha256} doubt={doubt} onDone={() => decided(doubt)} />
          ))}
        </ul>
      )}
      {doubts.length > shown.value && (
        <div>
          <button type="button" onClick={() => (shown.value += PAGE)}>
            {t('show_more')}
          </button>
        </div>
      )}
    </div>
  );
}

function DoubtedImage({ doubt, onDone }: { doubt: Doubt; onDone: () => void }) {
  const labelOf = (id: string): Label | undefined => labels.value?.find(label => label.id === id);
  const [own, suggested] = [labelOf(doubt.labelId), labelOf(doubt.suggestedId)];
  const [ownName, suggestedName] = [isolate(own?.name ?? ''), isolate(suggested?.name ?? '')];
  const words = t('doubt', ownName, percent(doubt.own), suggestedName, percent(doubt.suggested));
  const move = () =>
    attempt(async () => {
      const sample = await sampleByHash(doubt.sha256);
      if (sample && !sample.deletedAt && suggested) await moveSamples([sample], suggested);
      onDone();
    });
  return (
    <li>
      <button type="button" class="quiet" title={words} onClick={() => openImage(doubt.sha256)}>
        <span class="unseen">{words}</span>
        <span class="thumb">
          <Thumb sha256={doubt.sha256} />
        </span>
        <span class="small names" aria-hidden="true">
          <bdi class="two-lines">{own?.name}</bdi>
          <span class="led">
            → <bdi class="two-lines">{suggested?.name}</bdi>
          </span>
        </span>
        <span class="small soft" aria-hidden="true">
          {percent(doubt.own, 0)} → {percent(doubt.suggested, 0)}
        </span>
      </button>
      <div class="doubt-actions">
        <button
          type="button"
          class="quiet small"
          aria-label={t('move_doubt', suggestedName)}
          disabled={!suggested}
          onClick={move}
        >
          {t('move')}
        </button>
        <button type="button" class="quiet small" aria-label={t('keep_doubt', ownName)} onClick={onDone}>
          {t('keep')}
        </button>
      </div>
    </li>
  );
}
