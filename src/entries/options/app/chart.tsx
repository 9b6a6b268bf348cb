// A chart by Observable Plot in a figure, as wide as its place, that can be saved as SVG or PNG.
import './chart.css';
import * as Plot from '@observablehq/plot';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWidth } from '../../parts/use-width';
import { SaveButtons } from './save-buttons';

interface Props {
  title: string;
  /** Name of the saved file, without its ending. */
  file: string;
  options: Plot.PlotOptions;
  legend?: ComponentChildren;
}

export function Chart({ title, file, options, legend }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  useLayoutEffect(() => {
    if (width === 0) return;
    const drawing = Plot.plot({ ...options, width, style: { background: 'transparent', fontSize: '12px' } });
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', title);
    // Plot names its groups, which mean nothing within an image that has a name of its own.
    for (const part of drawing.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
    place.current?.replaceChildren(drawing);
  });
  return (
    <figure class="card chart">
      <figcaption>
        <h3>{title}</h3>
        {legend}
        <SaveButtons title={title} file={file} drawing={() => place.current?.querySelector('svg')} />
      </figcaption>
      <div ref={place} class="chart-place" style={{ minHeight: `${options.height ?? 220}px` }} />
    </figure>
  );
}
