// How a page gives a model its image, in the READMEs of the formats that pages load.
import type { Loading } from './model-format';

/** The middle of an image in a page, or all of it, as a square of so many pixels, on \`context\`. */
export function inPage({ side, geometry }: Loading): string {
  const cut = `const cut = Math.min(image.naturalWidth, image.naturalHeight);
const [left, top] = [(image.naturalWidth - cut) >> 1, (image.naturalHeight - cut) >> 1];
`;
  const seen = geometry === 'crop' ? 'left, top, cut, cut, ' : '';
  return `const image = document.querySelector('img');
await image.decode();
${geometry === 'crop' ? cut : ''}const context = new OffscreenCanvas(${side}, ${side}).getContext('2d');
context.imageSmoothingQuality = 'high';
context.drawImage(image, ${seen}0, 0, ${side}, ${side});
const pixels = context.getImageData(0, 0, ${side}, ${side}).data.filter((_, i) => i % 4 < 3);`;
}

/** Says what came of it; `probabilities` and `labels` are there. */
export const PRINT = "labels.forEach((label, i) => console.log(label + ': ' + probabilities[i].toFixed(4)));";
