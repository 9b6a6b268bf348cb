// A picture squashed to a square, as the backbone saw it, with the map of where it looked laid over.
import { useEffect, useRef } from 'preact/hooks';
import { HEAT_SIDE, type HeatMap, paintHeat } from './paint-heat';

interface Props {
  picture: Blob;
  /** Undefined shows the picture alone. */
  map: HeatMap | undefined;
  /** Empty where the words stand beside the picture. */
  alt: string;
  onError: (error: unknown) => void;
}

export function HeatImage({ picture, map, alt, onError }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let current = true;
    const context = canvas.current?.getContext('2d');
    if (context) paintHeat(context, picture, map, () => current).catch(onError);
    return () => {
      current = false;
    };
  }, [picture, map?.values]);
  const spoken = alt ? ({ role: 'img', 'aria-label': alt } as const) : { 'aria-hidden': true };
  return <canvas ref={canvas} class="heat-picture" width={HEAT_SIDE} height={HEAT_SIDE} {...spoken} />;
}
