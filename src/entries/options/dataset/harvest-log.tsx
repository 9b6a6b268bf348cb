// The harvests made, newest first: where, for which label, what was found and what was not; each can be undone.
import './harvest-log.css';
import { useSignal } from '@preact/signals';
import type { Harvest, HarvestHoldings } from '../../../contract/harvest';
import type { Label } from '../../../contract/label';
import { dateTime, number, percent, t } from '../../../edges/i18n';
import { refusalWords } from '../../../edges/reason-words';
import { recentHarvests } from '../../../edges/store/harvests';
import { named } from '../../../pipeline/bucket/label-name';
import { purityOf } from '../../../pipeline/harvest/purity';
import { Dialog } from '../app/dialog';
import { useRead } from '../app/read';
import { jobsVersion, samplesVersion } from '../app/state';
import { webAddress } from '../app/web-address';
import { WideTable } from '../app/wide-table';
import { sourceName } from '../image/source-name';
import { HarvestUndo, UndoQuestion, useHoldings } from './harvest-undo';

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
              <LogRow
                key={harvest.id}
                harvest={harvest}
                name={nameOf(harvest)}
                onAsk={() => (asked.value = harvest)}
                onDone={again}
              />
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

interface RowProps {
  harvest: Harvest;
  /** Of its label. */
  name: string;
  onAsk: () => void;
  onDone: () => void;
}

function LogRow({ harvest, name, onAsk, onDone }: RowProps) {
  const held = useHoldings(harvest);
  return (
    <tr>
      <td>{dateTime(harvest.startedAt)}</td>
      <td>
        <bdi class="one-line" title={name}>
          {name}
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
        {held && !harvest.undone && <Kept harvest={harvest} held={held} />}
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
      <td>{held && <HarvestUndo harvest={harvest} held={held} onAsk={onAsk} onDone={onDone} />}</td>
    </tr>
  );
}

/** What the search was worth: how much of what was judged is in the dataset, and where the rest went. */
function Kept({ harvest, held }: { harvest: Harvest; held: HarvestHoldings }) {
  const { kept, judged } = purityOf(harvest, held);
  if (kept === judged) return null;
  const parts = [t('log_kept', number(kept), number(judged), percent(kept / judged, 0))];
  if (harvest.leftOut) parts.push(t('panel_left_out', number(harvest.leftOut)));
  if (held.removed > 0) parts.push(t('log_removed', number(held.removed)));
  if (held.elsewhere > 0) parts.push(t('log_moved', number(held.elsewhere)));
  return <p class="small soft">{parts.join(' · ')}</p>;
}

function Refused({ harvest }: { harvest: Harvest }) {
  const words = refusalWords(harvest.refused);
  return words.length === 0 ? null : <p class="small soft">{words.join(' · ')}</p>;
}

const COLUMNS = ['tiles', 'found', 'added', 'known'] as const;
const NUMBERS: ReadonlySet<string> = new Set(COLUMNS);
