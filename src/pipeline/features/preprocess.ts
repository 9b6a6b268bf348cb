// An image's bytes to the numbers the network was trained on.
import type { Architecture } from '../../contract/backbone';

/** RGB bytes, images end to end, to floats [side × side × 3] each; `border` values around each image stay untouched. */
export function preprocess(
  pixels: Uint8Array,
  { side, preprocessing: { order, mean, std } }: Pick<Architecture, 'side' | 'preprocessing'>,
  floats: Float32Array,
  border = 0,
): void {
  const [first, third] = order === 'bgr' ? [2, 0] : [0, 2];
  const full = side + 2 * border;
  const lines = pixels.length / (side * 3);
  for (let line = 0; line < lines; line++) {
    const [image, y] = [Math.floor(line / side), line % side];
    let to = ((image * full + y + border) * full + border) * 3;
    for (let i = line * side * 3; i < (line + 1) * side * 3; i += 3) {
      floats[to++] = (pixels[i + first]! - mean[0]) / std[0];
      floats[to++] = (pixels[i + 1]! - mean[1]) / std[1];
      floats[to++] = (pixels[i + third]! - mean[2]) / std[2];
    }
  }
}
