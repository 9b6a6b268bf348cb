// Images the demo draws itself: four labels of textures in varied colours, sizes, light and noise, as JPEG and PNG.
import { encode as encodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { type Random, seededRandom } from './random';
import { TEXTURES } from './textures';

/** One file the demo serves. */
export interface ImageFile {
  name: string;
  bytes: Buffer;
  width: number;
  height: number;
}

export interface LabelImages {
  label: string;
  images: ImageFile[];
}

/** The labels that can be drawn. */
export const DRAWN_LABELS = Object.keys(TEXTURES);
/** Each label leans to one hue, as things of one name do, so that even a network of random weights has something to learn. */
const LABEL_HUES = [20, 220, 120, 300];
const SMALLEST = 200;
const LARGEST = 800;

/** `count` different images of each label, and after them one exact copy of the first: a search finds such copies. */
export function drawnLabels(count: number, labels: readonly string[] = DRAWN_LABELS): LabelImages[] {
  return labels.map(label => {
    const images = Array.from({ length: count }, (_, i) => drawImage(label, i));
    const [first] = images;
    if (first !== undefined) images.push({ ...first, name: `copy-of-${first.name}` });
    return { label, images };
  });
}

/** The image of a number; the same number gives the same bytes. Throws when the label cannot be drawn. */
export function drawImage(label: string, index: number): ImageFile {
  const random = seededRandom((DRAWN_LABELS.indexOf(label) + 1) * 100_003 + index);
  // Small ones are commoner, as they are in search results.
  const width = Math.round(SMALLEST + (LARGEST - SMALLEST) * random.between(0, 1) ** 3);
  const height = Math.round(Math.min(LARGEST, Math.max(SMALLEST, width * random.between(0.65, 1.5))));
  const pixels = paint(label, random, width, height);
  const png = index % 8 === 7;
  return {
    name: `${label}-${index}.${png ? 'png' : 'jpg'}`,
    bytes: png ? toPng(pixels) : toJpeg(pixels),
    width,
    height,
  };
}

/** An image of exactly 224 × 224 without loss: every reader hands the network the same numbers. */
export function drawTestImage(label: string, index: number): ImageFile {
  const side = 224;
  const random = seededRandom((DRAWN_LABELS.indexOf(label) + 1) * 100_003 + 50_000 + index);
  return { name: `test-${label}.png`, bytes: toPng(paint(label, random, side, side)), width: side, height: side };
}

/** An image as JPEG of exactly this size. */
export function drawPhoto(label: string, index: number, width: number, height: number): ImageFile {
  const random = seededRandom((DRAWN_LABELS.indexOf(label) + 1) * 100_003 + 70_000 + index);
  return { name: `${label}-${index}.jpg`, bytes: toJpeg(paint(label, random, width, height)), width, height };
}

interface Pixels {
  width: number;
  height: number;
  /** RGBA, row-major. */
  data: Buffer;
}

type Colour = [number, number, number];

function paint(label: string, random: Random, width: number, height: number): Pixels {
  const kind = TEXTURES[label];
  if (kind === undefined) throw new Error(`no texture is called ${label}`);
  const texture = kind(random, Math.min(width, height));
  const { figure, ground } = palette(random, LABEL_HUES[DRAWN_LABELS.indexOf(label)] ?? 0);
  const backdrop = colour(random.between(0, 360), random.between(0, 0.3), random.between(0.15, 0.85));
  // The texture fills the image or an ellipse in it, under a light that falls off in one direction.
  const filled = random.between(0, 1) < 0.6;
  const [cx, cy] = [width * random.between(0.38, 0.62), height * random.between(0.38, 0.62)];
  const [rx, ry] = [width * random.between(0.32, 0.5), height * random.between(0.32, 0.5)];
  const [lx, ly] = [random.between(-0.35, 0.35) / width, random.between(-0.35, 0.35) / height];
  const noise = random.between(2, 22);
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = filled || ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
      const share = inside ? texture(x, y) : 0;
      const light = 1 + lx * (x - cx) + ly * (y - cy);
      const grain = random.between(-noise, noise);
      const at = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) {
        const base = inside ? (ground[c] ?? 0) * (1 - share) + (figure[c] ?? 0) * share : (backdrop[c] ?? 0);
        data[at + c] = Math.min(255, Math.max(0, base * light + grain));
      }
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** A figure of about the label's hue on a ground that is clearly lighter or darker, whatever its hue. */
function palette(random: Random, hue: number): { figure: Colour; ground: Colour } {
  const lightness = random.between(0.35, 0.65);
  const step = random.between(0.25, 0.32) * (random.between(0, 1) < 0.5 ? -1 : 1);
  return {
    figure: colour(hue + random.between(-40, 40), random.between(0.55, 1), lightness),
    ground: colour(random.between(0, 360), random.between(0, 0.4), lightness + step),
  };
}

/** Hue in degrees, saturation and lightness in 0..1, to RGB (CSS Color 4, HSL to RGB). */
function colour(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const k = (offset + hue / 30 + 12) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

function toJpeg(pixels: Pixels): Buffer {
  return Buffer.from(encodeJpeg(pixels, 85).data);
}

function toPng({ width, height, data }: Pixels): Buffer {
  const png = new PNG({ width, height });
  data.copy(png.data);
  return PNG.sync.write(png);
}
