// The orientation an EXIF block asks for, read as the most lenient decoder would.

const TAG = 0x0112;

/** Orientation (tag 0x0112) of the first directory of a TIFF block, 1 to 8; 1 when it is absent or unreadable. */
export function exifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== TAG) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Of several blocks any may be the one a decoder believes: one that turns the image is enough. */
export function turned(before: number, found: number): number {
  return before === 1 ? found : before;
}
