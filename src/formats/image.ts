// The image formats Gleaner takes: which one bytes begin as, and how large an image their header promises.
import { beginsAsAvif } from './avif/boxes';
import { avifHeader } from './avif/size';
import { beginsAsBmp, bmpHeader } from './bmp';
import { Bytes } from './bytes';
import { beginsAsGif, gifHeader } from './gif';
import type { ImageHeader, Most } from './image-header';
import { beginsAsJpeg, jpegHeader } from './jpeg/size';
import { beginsAsPng, pngHeader } from './png/size';
import { GivenUp } from './steps';
import { beginsAsWebp, webpHeader } from './webp';

interface ImageFormat {
  begins(bytes: Bytes): boolean;
  header(bytes: Bytes, most: Most): ImageHeader | undefined;
}

const FORMATS = {
  jpeg: { begins: beginsAsJpeg, header: jpegHeader },
  png: { begins: beginsAsPng, header: pngHeader },
  gif: { begins: beginsAsGif, header: gifHeader },
  webp: { begins: beginsAsWebp, header: webpHeader },
  avif: { begins: beginsAsAvif, header: avifHeader },
  bmp: { begins: beginsAsBmp, header: bmpHeader },
} satisfies Record<string, ImageFormat>;

export type ImageType = keyof typeof FORMATS;
const TYPES = Object.keys(FORMATS) as ImageType[];

/** The first format these bytes begin as, or undefined. */
export function imageType(bytes: Bytes): ImageType | undefined {
  return TYPES.find(type => FORMATS[type].begins(bytes));
}

/** The header of a body of this type, or undefined when it cannot be read. Never throws, whatever the bytes. */
export function readHeader(type: ImageType, body: Uint8Array, most: Most): ImageHeader | undefined {
  try {
    const format: ImageFormat = FORMATS[type];
    return format.header(new Bytes(body), most);
  } catch (error) {
    if (error instanceof GivenUp) return undefined;
    throw error;
  }
}
