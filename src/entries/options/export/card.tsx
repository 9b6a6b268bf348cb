// One card of the Export screen: what it is about, its options, its buttons, and how far the work is or how it ended.
import './card.css';
import type { ComponentChildren } from 'preact';
import { byteSize, duration, number, percent, t } from '../../../edges/i18n';
import { Note } from '../../parts/note';
import { secondsLeft } from '../../workers/seconds-left';
import { exporting, outcomes, type Transfer, type TransferKind } from './export-job';

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
  const running = exporting.value?.kind === kind ? exporting.value : undefined;
  const outcome = outcomes.value[kind];
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
          <button type="button" onClick={() => running.controller.abort()}>
            {t('cancel')}
          </button>
        )}
      </div>
      {running && (
        <div class="bar">
          <span style={{ width: `${running.share * 100}%` }} />
        </div>
      )}
      <p class="small soft" role="status">
        {running ? words(running) : ''}
      </p>
      {outcome !== undefined && <Note kind={outcome.kind}>{outcome.words}</Note>}
    </section>
  );
}

/** Share of the work by which the speed of the rest can be told from its beginning. */
const TELLING_SHARE = 0.02;

function words({ done, total, bytes, share, startedAt, phase }: Transfer): string {
  const left = share > TELLING_SHARE && share < 1 ? secondsLeft(share, 1 - share, Date.now() - startedAt) : undefined;
  return [
    phase ?? (total > 0 ? t('of_total', number(done), number(total)) : percent(share, 0)),
    ...(bytes > 0 ? [byteSize(bytes)] : []),
    ...(left === undefined ? [] : [t('time_left', duration(left))]),
  ].join(' · ');
}
