// The frame of the app: a rail with the five screens and how far each is, and the screen itself.
import './shell.css';
import './rail.css';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import mark from '../../../../icons/mark.svg';
import { tallyOf } from '../../../contract/report';
import { number, percent, t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { SeededNote } from '../../parts/seeded-note';
import { onUndoKeys } from '../app/changes';
import { openDialogs } from '../app/dialog';
import { Notices } from '../app/notices';
import { route, SCREENS, type Screen } from '../app/route';
import { access, backbone, labels, model, totalImages } from '../app/state';
import { DatasetPanel } from '../dataset/dataset-panel';
import { ExportPanel } from '../export/export-panel';
import { ImportDialog } from '../import/import-dialog';
import { ReportPanel } from '../report/report-panel';
import { SettingsPanel } from '../settings/settings-panel';
import { TrainPanel } from '../train/train-panel';
import { training, trainingShare } from '../train/training';
import { exporting, shareOf } from '../transfer/transfer';
import { LossNote } from './loss-note';
import { QueueBar } from './queue-bar';

const PANELS: Record<Screen, ComponentType> = {
  dataset: DatasetPanel,
  train: TrainPanel,
  report: ReportPanel,
  export: ExportPanel,
  settings: SettingsPanel,
};

/** The word beside a screen's name in the rail. */
function standing(screen: Screen): string {
  // Nothing rather than 0 until the rows are read: a figure that changes its width would move.
  if (screen === 'dataset') return labels.value === undefined ? '' : number(totalImages.value);
  if (screen === 'train') return training.value ? percent(trainingShare.value, 0) : '';
  if (screen === 'report') {
    const { right, of } = tallyOf(model.value?.report.confusion.matrix ?? []);
    // No share: of thirty images "100%" would say more than is known.
    return of > 0 ? t('right_among', number(right), number(of)) : '';
  }
  if (screen === 'export') return exporting.value ? percent(shareOf(exporting.value), 0) : '';
  return access.value === false ? '!' : '';
}

export function Shell() {
  const screen = route.value.screen;
  const Panel = PANELS[screen];
  useEffect(onUndoKeys, []);
  return (
    <div class="shell">
      <header class="rail">
        <div class="mark">
          <img src={mark} alt="" width="28" height="28" />
          <span>{t('name')}</span>
        </div>
        <nav aria-label={t('screens')}>
          {SCREENS.map(name => (
            <a key={name} href={`#${name}`} aria-current={name === screen ? 'page' : undefined}>
              <Icon name={name} />
              <span class="name">{t(`nav_${name}`)}</span>
              <span class="standing number" aria-hidden="true">
                {standing(name)}
              </span>
            </a>
          ))}
        </nav>
        <QueueBar />
      </header>
      <main class={`screen ${screen}`}>
        <LossNote />
        <SeededNote backbone={backbone.value} />
        {labels.value !== undefined && <Panel />}
      </main>
      <ImportDialog />
      {openDialogs.value.length === 0 && <Notices />}
    </div>
  );
}
