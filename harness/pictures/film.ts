// A film for a webcam without a lens: drawn images of one label, one after the other, as Chromium reads it (MJPEG).
import { drawPhoto } from './pictures';

/** Frames of one image: at Chromium's thirty a second it stays for a third of a second. */
const HELD = 10;

export function film(label: string, images: number): Buffer {
  const frames = Array.from({ length: images }, (_, i) => drawPhoto(label, 200 + i, 640, 480).bytes);
  return Buffer.concat(frames.flatMap(frame => Array<Buffer>(HELD).fill(frame)));
}
