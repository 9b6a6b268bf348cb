// The middle of an image as a square of pixels, ready to be shown without further work.

let canvas: OffscreenCanvas | undefined;

/** @param side of the square in device pixels. Rejects what cannot be decoded. */
export async function squareImage(image: Blob, side: number): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(image);
  try {
    const cut = Math.min(bitmap.width, bitmap.height);
    canvas ??= new OffscreenCanvas(side, side);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, (bitmap.width - cut) / 2, (bitmap.height - cut) / 2, cut, cut, 0, 0, side, side);
    return canvas.transferToImageBitmap();
  } finally {
    bitmap.close();
  }
}
