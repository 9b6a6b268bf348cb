// How Python gives a model its image, in the READMEs of the formats that Python loads.
import type { Loading } from './model-format';

/** The image as Pillow reads it, upright. */
const UPRIGHT = "ImageOps.exif_transpose(Image.open('picture.jpg')).convert('RGB')";

/** An expression: the batch that the model takes. */
export function inPython({ headOnly, side, length, geometry }: Loading): string {
  if (headOnly) return `numpy.load('features.npy').astype('float32')  # [n, ${length}]`;
  const square = `(${side}, ${side})`;
  const seen = geometry === 'crop' ? `ImageOps.fit(${UPRIGHT}, ${square})` : `${UPRIGHT}.resize(${square})`;
  return `numpy.asarray(${seen}, 'float32')[None]`;
}
