// Loss and accuracy over the epochs as drawings within the file; their colours follow its light or dark.
import * as Plot from '@observablehq/plot';
import type { EpochRecord } from '../../../../contract/head';
import { t } from '../../../../edges/i18n';
import { historyPlots, SplitLegend } from '../../train/history-charts';

const WIDTH = 480;

export function Curves({ history, epochs }: { history: EpochRecord[]; epochs: number }) {
  const plots = historyPlots(history, epochs);
  return (
    <div class="charts">
      {(['loss', 'accuracy'] as const).map(name => (
        <figure key={name} class="card chart">
          <figcaption>
            <h3>{t(name)}</h3>
            <SplitLegend />
          </figcaption>
          <div class="chart-place" ref={place => place?.replaceChildren(drawn(plots[name], t(name)))} />
        </figure>
      ))}
    </div>
  );
}

function drawn(options: Plot.PlotOptions, title: string): Element {
  const drawing = Plot.plot({ ...options, width: WIDTH, style: { background: 'transparent', fontSize: '12px' } });
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', title);
  for (const part of drawing.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
  return drawing;
}
