// Size, orientation and frame count of an image, read from its header before anything is decoded.
import type { ImageType } from '../contract/sample';
import { avifHeader } from './avif/size';
import { bmpHeader } from './bmp';
import { Bytes } from './bytes';
import { gifHeader } from './gif';
import { jpegHeader } from './jpeg/size';
import { pngHeader } from './png/size';
import { GivenUp } from './steps';
import { webpHeader } from './webp';

export interface Header {
  /** Pixels as stored; `uprightSize` turns them. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8. */
  orientation: number;
  /** Pictures of the animation; 1 for a still. */
  frames: number;
}

const READERS: Record<ImageType, (bytes: Bytes) => Header | undefined> = {
  jpeg: jpegHeader,
  png: pngHeader,
  gif: gifHeader,
  webp: webpHeader,
  avif: avifHeader,
  bmp: bmpHeader,
};

/** The header of a body of this type, or undefined when it cannot be read. Never throws, whatever the bytes. */
export function readHeader(type: ImageType, body: Uint8Array): Header | undefined {
  try {
    return READERS[type](new Bytes(body));
  } catch (error) {
    if (error instanceof GivenUp) return undefined;
    throw error;
  }
}

/** Width and height as a person sees the picture. */
export function uprightSize({ width, height, orientation }: Header): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
