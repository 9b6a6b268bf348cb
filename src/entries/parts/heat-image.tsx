// What the backbone saw of a picture, with the map of where it looked laid over.
import { useEffect, useRef } from 'preact/hooks';
import type { Geometry } from '../../contract/backbone';
import { HEAT_SIDE, type HeatMap, paintHeat } from './paint-heat';

interface Props {
  picture: Blob;
  geometry: Geometry;
  /** Undefined shows the picture alone. */
  map: HeatMap | undefined;
  /** Empty where the words stand beside the picture. */
  alt: string;
  onError: (error: unknown) => void;
}

export function HeatImage({ picture, geometry, map, alt, onError }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let current = true;
    const context = canvas.current?.getContext('2d');
    if (context) paintHeat(context, picture, geometry, map, () => current).catch(onError);
    return () => {
      current = false;
    };
  }, [picture, geometry, map?.values]);
  const spoken = alt ? ({ role: 'img', 'aria-label': alt } as const) : { 'aria-hidden': true };
  return <canvas ref={canvas} class="heat-picture" width={HEAT_SIDE} height={HEAT_SIDE} {...spoken} />;
}
