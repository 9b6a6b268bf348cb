// One card of the Export screen: what it is about, its options, its buttons, and how far the work is or how it ended.
import './card.css';
import type { ComponentChildren } from 'preact';
import { byteSize, duration, number, percent, t } from '../../../edges/i18n';
import { TaskOutcome } from '../app/task-outcome';
import { exporting, shareOf, type Transfer, type TransferKind, transfers } from './transfer';

interface Props {
  kind: TransferKind;
  /** What there is to save, or why there is nothing. */
  facts: ComponentChildren;
  /** What the file can be opened with. */
  opens?: string[];
  options?: ComponentChildren;
  /** The buttons. */
  children: ComponentChildren;
}

export function Card({ kind, facts, opens, options, children }: Props) {
  const task = transfers[kind];
  const running = task.running.value;
  return (
    <section class="card export-card" aria-labelledby={`export-${kind}`}>
      <h2 id={`export-${kind}`}>{t(`export_${kind}`)}</h2>
      <p class="soft">{t(`export_${kind}_hint`)}</p>
      <p>{facts}</p>
      {opens && (
        <ul class="soft small opens">
          {opens.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {options && (
        <details>
          <summary>{t('export_options')}</summary>
          <fieldset class="stack" disabled={exporting.value !== undefined}>
            {options}
          </fieldset>
        </details>
      )}
      <div class="row">
        {children}
        {running && (
          <button type="button" disabled={running.stopping} onClick={() => task.cancel()}>
            {t('cancel')}
          </button>
        )}
      </div>
      {running && (
        <div class="bar">
          <span style={{ width: `${shareOf(running) * 100}%` }} />
        </div>
      )}
      <p class="small soft" role="status">
        {running ? words(running) : ''}
      </p>
      <TaskOutcome task={task} />
    </section>
  );
}

function words(running: Transfer): string {
  const { done, total, bytes, phase, uncounted, secondsLeft } = running;
  const counted = total > 0 && !uncounted;
  return [
    phase ?? (counted ? t('of_total', number(done), number(total)) : percent(shareOf(running), 0)),
    ...(bytes > 0 ? [byteSize(bytes)] : []),
    ...(secondsLeft === undefined ? [] : [t('time_left', duration(secondsLeft))]),
  ].join(' · ');
}
