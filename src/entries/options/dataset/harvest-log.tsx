// The harvests made, newest first: where, for which label, what was found and what was not; each can be undone.
import './harvest-log.css';
import { useSignal } from '@preact/signals';
import type { Harvest } from '../../../contract/harvest';
import type { Label } from '../../../contract/label';
import { dateTime, number, t } from '../../../edges/i18n';
import { refusalWords } from '../../../edges/reason-words';
import { recentHarvests } from '../../../edges/store/harvests';
import { named } from '../../../pipeline/bucket/label-name';
import { Dialog } from '../app/dialog';
import { useRead } from '../app/read';
import { jobsVersion, samplesVersion } from '../app/state';
import { webAddress } from '../app/web-address';
import { WideTable } from '../app/wide-table';
import { sourceName } from '../image/source-name';
import { HarvestUndo, UndoQuestion } from './harvest-undo';

const SHOWN = 50;

export function HarvestLog({ labels, onClose }: { labels: Label[]; onClose: () => void }) {
  const { value: harvests, again } = useRead([samplesVersion, jobsVersion], () => recentHarvests(SHOWN));
  const asked = useSignal<Harvest>();
  const nameOf = (harvest: Harvest) =>
    labels.find(label => label.id === harvest.labelId)?.name ?? harvest.newLabel ?? t('deleted_label');
  return (
    <Dialog title={t('harvest_log')} wide onClose={onClose}>
      {harvests?.length === 0 ? (
        <p class="soft">{t('empty_log')}</p>
      ) : (
        <WideTable name={t('harvest_log')} class="plain-table harvest-log">
          <thead>
            <tr>
              {['when', 'label', 'page', 'tiles', 'found', 'added', 'known'].map(column => (
                <th key={column} scope="col" class={NUMBERS.has(column) ? 'number' : ''}>
                  {t(`log_${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {harvests?.map(harvest => (
              <tr key={harvest.id}>
                <td>{dateTime(harvest.startedAt)}</td>
                <td>
                  <bdi class="one-line" title={nameOf(harvest)}>
                    {nameOf(harvest)}
                  </bdi>
                </td>
                <td>
                  {harvest.pageUrl === '' ? (
                    sourceName(harvest.engine)
                  ) : (
                    <a href={webAddress(harvest.pageUrl)} target="_blank" rel="noopener noreferrer">
                      {sourceName(harvest.engine)}
                    </a>
                  )}{' '}
                  <bdi title={harvest.query}>{named(harvest.query)}</bdi>
                  <Refused harvest={harvest} />
                  {/* Only a page has a layout; a list of addresses has none. */}
                  {harvest.pageUrl !== '' && harvest.tiles > 0 && harvest.found === 0 && !harvest.seen && (
                    <p class="small clash">{t('layout_changed')}</p>
                  )}
                </td>
                {[harvest.tiles, harvest.found, harvest.added, harvest.known].map((n, index) => (
                  <td key={COLUMNS[index]} class="number">
                    {/* Where the window is too narrow for a head above the columns. */}
                    <span class="log-name soft" aria-hidden="true">
                      {t(`log_${COLUMNS[index]}`)}
                    </span>{' '}
                    {number(n)}
                  </td>
                ))}
                <td>
                  <HarvestUndo harvest={harvest} onAsk={() => (asked.value = harvest)} onDone={again} />
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {asked.value && (
        <UndoQuestion
          harvest={asked.value}
          label={named(nameOf(asked.value))}
          onClose={() => (asked.value = undefined)}
          onDone={again}
        />
      )}
    </Dialog>
  );
}

function Refused({ harvest }: { harvest: Harvest }) {
  const leftOut = harvest.leftOut ? [t('panel_left_out', number(harvest.leftOut))] : [];
  const words = [...leftOut, ...refusalWords(harvest.refused)];
  return words.length === 0 ? null : <p class="small soft">{words.join(' · ')}</p>;
}

const COLUMNS = ['tiles', 'found', 'added', 'known'] as const;
const NUMBERS: ReadonlySet<string> = new Set(COLUMNS);
