// Loss and accuracy over the epochs, for train and valid, side by side; drawn again as each epoch ends.
import * as Plot from '@observablehq/plot';
import type { EpochRecord } from '../../../contract/head';
import { t } from '../../../edges/i18n';
import { Chart } from '../chart';

interface Point {
  epoch: number;
  value: number;
  set: 'train' | 'valid';
}

export function HistoryCharts({ history, epochs }: { history: EpochRecord[]; epochs: number }) {
  const loss = history.flatMap<Point>(({ epoch, loss, valLoss }) => [
    { epoch, value: loss, set: 'train' },
    { epoch, value: valLoss, set: 'valid' },
  ]);
  const accuracy = history.flatMap<Point>(({ epoch, acc, valAcc }) => [
    { epoch, value: acc, set: 'train' },
    { epoch, value: valAcc, set: 'valid' },
  ]);
  const last = Math.max(2, epochs, history.at(-1)?.epoch ?? 0);
  return (
    <div class="charts">
      <Chart title={t('loss')} file="loss" options={lines(loss, last, undefined)} />
      <Chart title={t('accuracy')} file="accuracy" options={lines(accuracy, last, [0, 1])} />
    </div>
  );
}

function lines(points: Point[], last: number, domain: [number, number] | undefined): Plot.PlotOptions {
  const known = points.filter(point => Number.isFinite(point.value));
  const ends = known.filter(point => point.epoch === Math.max(...known.map(other => other.epoch)));
  const common = { x: 'epoch', y: 'value', stroke: 'set' } as const;
  return {
    height: 220,
    marginLeft: 44,
    marginRight: 48,
    x: { label: t('epoch'), domain: [1, last], ticks: Math.min(last, 10), tickFormat: 'd', nice: false },
    y: {
      label: null,
      grid: true,
      ...(domain ? { domain, percent: false, tickFormat: '.0%' } : { zero: true, nice: true }),
    },
    color: { domain: ['train', 'valid'], range: ['var(--train)', 'var(--valid)'] },
    marks: [
      Plot.line(known, { ...common, strokeWidth: 2 }),
      Plot.dot(known, { ...common, r: 2.5, fill: 'set' }),
      Plot.text(ends, {
        x: 'epoch',
        y: 'value',
        text: (point: Point) => t(`split_${point.set}`),
        fill: 'currentColor',
        textAnchor: 'start',
        dx: 8,
      }),
    ],
  };
}
