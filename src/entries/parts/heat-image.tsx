// An image, whole or what the backbone saw of it, with the map of where it looked laid over.
import { useEffect, useRef } from 'preact/hooks';
import type { Geometry } from '../../contract/backbone';
import { HEAT_SIDE, type HeatMap, paintHeat, paintWhole } from './paint-heat';

interface Props {
  image: Blob;
  geometry: Geometry;
  /** Undefined shows the image alone. */
  map: HeatMap | undefined;
  /** In its true shape, rather than the square that was seen. */
  whole?: boolean;
  /** Empty where the words stand beside the image. */
  alt: string;
  onError: (error: unknown) => void;
}

export function HeatImage({ image, geometry, map, whole = false, alt, onError }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let current = true;
    const place = canvas.current;
    const context = whole ? undefined : place?.getContext('2d');
    if (context) paintHeat(context, image, geometry, map, () => current).catch(onError);
    else if (place) paintWhole(place, image, geometry, map, () => current).catch(onError);
    return () => {
      current = false;
    };
  }, [image, geometry, map?.values]);
  const spoken = alt ? ({ role: 'img', 'aria-label': alt } as const) : { 'aria-hidden': true };
  // A whole image gives the canvas its own size.
  const size = whole ? {} : { width: HEAT_SIDE, height: HEAT_SIDE };
  return <canvas ref={canvas} class={whole ? 'heat-picture whole' : 'heat-picture'} {...size} {...spoken} />;
}
