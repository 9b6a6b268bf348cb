// A picture squashed to a square, as the backbone saw it, with the map of where it looked laid over.
import { useEffect, useRef } from 'preact/hooks';
import { heatMap } from '../../pipeline/report/heat-map';

const SIDE = 224;
/** Share of the heat map in the mix, as in the article. */
const OPACITY = 0.6;

interface Props {
  picture: Blob;
  /** 49 values, row-major; undefined draws the picture alone. */
  activation: Float32Array | undefined;
  alt: string;
  onError: (error: unknown) => void;
}

export function HeatPicture({ picture, activation, alt, onError }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let current = true;
    draw(canvas.current, picture, activation, () => current).catch(onError);
    return () => {
      current = false;
    };
  }, [picture, activation]);
  return <canvas ref={canvas} class="heat-picture" width={SIDE} height={SIDE} role="img" aria-label={alt} />;
}

async function draw(
  canvas: HTMLCanvasElement | null,
  picture: Blob,
  activation: Float32Array | undefined,
  isCurrent: () => boolean,
): Promise<void> {
  const context = canvas?.getContext('2d');
  if (!context) return;
  const bitmap = await createImageBitmap(picture, { resizeWidth: SIDE, resizeHeight: SIDE, resizeQuality: 'high' });
  if (isCurrent()) {
    context.globalAlpha = 1;
    context.drawImage(bitmap, 0, 0, SIDE, SIDE);
    if (activation) {
      const layer = new OffscreenCanvas(SIDE, SIDE);
      const pixels = new ImageData(heatMap(activation, SIDE), SIDE, SIDE);
      layer.getContext('2d')?.putImageData(pixels, 0, 0);
      context.globalAlpha = OPACITY;
      context.drawImage(layer, 0, 0);
    }
  }
  bitmap.close();
}
