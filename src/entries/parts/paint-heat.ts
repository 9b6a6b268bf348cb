// Paints what the backbone saw of a picture, with a heat map laid over.
import type { Geometry } from '../../contract/backbone';
import { seenSquare } from '../../edges/image-pixels';
import { heatMap } from '../../pipeline/report/heat-map';

/** Side of the painted square in pixels: the backbones' own input. */
export const HEAT_SIDE = 224;
/** Share of the heat map in the mix, as in the article. */
const OPACITY = 0.6;

/** A map of a square of values, row-major. Activations are coloured by their own range, evidence for a class from nothing up. */
export interface HeatMap {
  values: Float32Array;
  floor?: number;
}

/** Rejects a picture that cannot be decoded. Paints nothing when `isCurrent` says that another has taken its place. */
export async function paintHeat(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  picture: Blob,
  geometry: Geometry,
  map: HeatMap | undefined,
  isCurrent: () => boolean = () => true,
): Promise<void> {
  const bitmap = await seenSquare(picture, { geometry, side: HEAT_SIDE });
  if (isCurrent()) {
    context.globalAlpha = 1;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, HEAT_SIDE, HEAT_SIDE);
    context.drawImage(bitmap, 0, 0, HEAT_SIDE, HEAT_SIDE);
    if (map) {
      const layer = new OffscreenCanvas(HEAT_SIDE, HEAT_SIDE);
      const pixels = new ImageData(heatMap(map.values, HEAT_SIDE, map.floor), HEAT_SIDE, HEAT_SIDE);
      layer.getContext('2d')?.putImageData(pixels, 0, 0);
      context.globalAlpha = OPACITY;
      context.drawImage(layer, 0, 0);
    }
  }
  bitmap.close();
}

/** Paints it into a file. Rejects a picture that cannot be decoded. */
export async function heatFile(
  picture: Blob,
  geometry: Geometry,
  map: HeatMap | undefined,
  type: 'image/png' | 'image/jpeg',
): Promise<Blob> {
  const canvas = new OffscreenCanvas(HEAT_SIDE, HEAT_SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context');
  await paintHeat(context, picture, geometry, map);
  return canvas.convertToBlob({ type, quality: 0.85 });
}
