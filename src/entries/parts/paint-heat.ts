// Paints an image, whole or what the backbone saw of it, with a heat map laid over the part that was seen.
import type { Geometry } from '../../contract/backbone';
import { bitmapOf } from '../../edges/bitmap-of';
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

/** Rejects an image that cannot be decoded. Paints nothing when `isCurrent` says that another has taken its place. */
export async function paintHeat(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  image: Blob,
  geometry: Geometry,
  map: HeatMap | undefined,
  isCurrent: () => boolean = () => true,
): Promise<void> {
  const bitmap = await seenSquare(image, { geometry, side: HEAT_SIDE });
  if (isCurrent()) {
    context.globalAlpha = 1;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, HEAT_SIDE, HEAT_SIDE);
    context.drawImage(bitmap, 0, 0, HEAT_SIDE, HEAT_SIDE);
    if (map) {
      context.globalAlpha = OPACITY;
      context.drawImage(heatLayer(map), 0, 0);
    }
  }
  bitmap.close();
}

/** Longest side of an image that is painted whole, in pixels. */
const WHOLE_SIDE = 448;
/** How much what was not seen is darkened. */
const UNSEEN = 0.45;

/**
 * Paints the whole image in its true shape, which the canvas takes on; what the backbone did not see is darkened. As
 * `paintHeat` otherwise.
 */
export async function paintWhole(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  image: Blob,
  geometry: Geometry,
  map: HeatMap | undefined,
  isCurrent: () => boolean = () => true,
): Promise<void> {
  const bitmap = await bitmapOf(image, { imageOrientation: 'from-image' });
  const scale = WHOLE_SIDE / Math.max(bitmap.width, bitmap.height);
  const [width, height] = [bitmap.width, bitmap.height].map(side => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  if (isCurrent()) {
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d') as CanvasRenderingContext2D | null;
    if (context) {
      context.imageSmoothingQuality = 'high';
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0, width, height);
      if (map) layOver(context, geometry, map);
    }
  }
  bitmap.close();
}

function layOver(context: CanvasRenderingContext2D, geometry: Geometry, map: HeatMap): void {
  const { width, height } = context.canvas;
  const cut = Math.min(width, height);
  const seen = geometry === 'crop' ? { width: cut, height: cut } : { width, height };
  const [left, top] = [(width - seen.width) / 2, (height - seen.height) / 2];
  context.globalAlpha = UNSEEN;
  context.fillStyle = '#000';
  const dark = new Path2D();
  dark.rect(0, 0, width, height);
  dark.rect(left, top, seen.width, seen.height);
  context.fill(dark, 'evenodd');
  context.globalAlpha = OPACITY;
  context.drawImage(heatLayer(map), left, top, seen.width, seen.height);
  context.globalAlpha = 1;
}

function heatLayer(map: HeatMap): OffscreenCanvas {
  const layer = new OffscreenCanvas(HEAT_SIDE, HEAT_SIDE);
  const pixels = new ImageData(heatMap(map.values, HEAT_SIDE, map.floor), HEAT_SIDE, HEAT_SIDE);
  layer.getContext('2d')?.putImageData(pixels, 0, 0);
  return layer;
}

/** Paints what was seen into a file. Rejects an image that cannot be decoded. */
export async function heatFile(
  image: Blob,
  geometry: Geometry,
  map: HeatMap | undefined,
  type: 'image/png' | 'image/jpeg',
): Promise<Blob> {
  const canvas = new OffscreenCanvas(HEAT_SIDE, HEAT_SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context');
  await paintHeat(context, image, geometry, map);
  return canvas.convertToBlob({ type, quality: 0.85 });
}

/** Paints the whole image into a file, in its true shape. Rejects an image that cannot be decoded. */
export async function wholeFile(image: Blob, geometry: Geometry, map: HeatMap | undefined): Promise<Blob> {
  const canvas = new OffscreenCanvas(1, 1);
  await paintWhole(canvas, image, geometry, map);
  return canvas.convertToBlob({ type: 'image/png' });
}
