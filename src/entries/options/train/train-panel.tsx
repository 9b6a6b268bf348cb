// The Train screen: the training and, beside it, the way to try what came of it; below, the network and how it went.
import './train-panel.css';
import { t } from '../../../edges/i18n';
import { TryIt } from '../try/try-it';
import { BackboneRegion } from './backbone-region';
import { CutOff } from './cut-off';
import { HistoryCharts } from './history-charts';
import { TrainCard } from './train-card';
import { history, options, train, training } from './training';

export function TrainPanel() {
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_train')}</h1>
      </div>
      <CutOff />
      <div class="train-columns">
        <TrainCard />
        <TryIt busy={training.value !== undefined} onTrain={() => void train()} />
      </div>
      <BackboneRegion />
      {/* Last, because they come in the middle of a training and nothing may move then. */}
      {history.value.length > 0 && <HistoryCharts history={history.value} epochs={options.value.epochs} />}
    </>
  );
}
