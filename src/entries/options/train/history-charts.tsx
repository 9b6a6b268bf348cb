// Loss and accuracy over the epochs, for train and valid, side by side; drawn again as each epoch ends.
import * as Plot from '@observablehq/plot';
import type { EpochRecord } from '../../../contract/head';
import { number, percent, t } from '../../../edges/i18n';
import { Chart } from '../app/chart';

/** Decimals of the losses at the edge, where they say something. */
const LOSS_PLACES = 6;

interface Point {
  epoch: number;
  value: number;
  set: 'train' | 'valid';
}

export function HistoryCharts({ history, epochs }: { history: EpochRecord[]; epochs: number }) {
  const plots = historyPlots(history, epochs);
  return (
    <div class="charts">
      <Chart title={t('loss')} file="loss" legend={<SplitLegend />} options={plots.loss} />
      <Chart title={t('accuracy')} file="accuracy" legend={<SplitLegend />} options={plots.accuracy} />
    </div>
  );
}

/** Both curves as Observable Plot takes them. */
export function historyPlots(
  history: EpochRecord[],
  epochs: number,
): Record<'loss' | 'accuracy', Plot.PlotOptions & { height: number }> {
  const loss = history.flatMap<Point>(({ epoch, loss, valLoss }) => [
    { epoch, value: loss, set: 'train' },
    { epoch, value: valLoss, set: 'valid' },
  ]);
  const accuracy = history.flatMap<Point>(({ epoch, acc, valAcc }) => [
    { epoch, value: acc, set: 'train' },
    { epoch, value: valAcc, set: 'valid' },
  ]);
  const last = Math.max(2, epochs, history.at(-1)?.epoch ?? 0);
  return { loss: lines(loss, last, undefined), accuracy: lines(accuracy, last, [0, 1]) };
}

/** Train is dashed, validation solid: told apart without colour. */
export function SplitLegend() {
  return (
    <ul class="legend small soft" aria-label={t('legend_lines')}>
      <li class="train dashed">{t('split_train')}</li>
      <li class="valid">{t('split_valid')}</li>
    </ul>
  );
}

function lines(
  points: Point[],
  last: number,
  domain: [number, number] | undefined,
): Plot.PlotOptions & { height: number } {
  const known = points.filter(point => Number.isFinite(point.value));
  const common = { x: 'epoch', y: 'value', stroke: 'set' } as const;
  const line = (set: Point['set'], dash?: string) =>
    Plot.line(
      known.filter(point => point.set === set),
      { ...common, strokeWidth: 2, ...(dash ? { strokeDasharray: dash } : {}) },
    );
  return {
    height: 220,
    // A loss of some thousandths has to fit.
    marginLeft: 56,
    marginTop: 12,
    marginRight: 16,
    marginBottom: 40,
    x: {
      label: t('epoch'),
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [1, last],
      ticks: wholeTicks(last),
      tickFormat: 'd',
      nice: false,
    },
    y: {
      label: null,
      grid: true,
      ...(domain
        ? { domain, percent: false, tickFormat: (share: number) => percent(share, 0) }
        : { zero: true, nice: true, tickFormat: (loss: number) => number(loss, 0, LOSS_PLACES) }),
    },
    color: { domain: ['train', 'valid'], range: ['var(--train)', 'var(--valid)'] },
    marks: [line('train', '5 3'), line('valid'), Plot.dot(known, { ...common, r: 2.5, fill: 'set' })],
  };
}

/** About ten whole epochs from 1 on: Plot itself would put ticks between two epochs. */
function wholeTicks(last: number): number[] {
  const step = Math.ceil((last - 1) / 10) || 1;
  return Array.from({ length: Math.floor((last - 1) / step) + 1 }, (_, i) => 1 + i * step);
}
