// A film for a webcam without a lens: drawn pictures of one label, one after the other, as Chromium reads it (MJPEG).
import { drawPhoto } from './pictures';

/** Frames of one picture: at Chromium's thirty a second it stays for a third of a second. */
const HELD = 10;

export function film(label: string, pictures: number): Buffer {
  const frames = Array.from({ length: pictures }, (_, i) => drawPhoto(label, 200 + i, 640, 480).bytes);
  return Buffer.concat(frames.flatMap(frame => Array<Buffer>(HELD).fill(frame)));
}
