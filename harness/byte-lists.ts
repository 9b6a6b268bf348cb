// Numbers and letters as lists of bytes, from which tests and fuzzing put files together by hand.

export const ascii = (text: string): number[] => [...text].map(character => character.charCodeAt(0));
export const le16 = (n: number): number[] => [n & 255, (n >> 8) & 255];
export const le24 = (n: number): number[] => [...le16(n), (n >> 16) & 255];
export const le32 = (n: number): number[] => [...le24(n), (n >>> 24) & 255];
export const be16 = (n: number): number[] => le16(n).reverse();
export const be32 = (n: number): number[] => le32(n).reverse();

/** A BMP of 24 bits a pixel without its pixels; a negative height draws from the top. `packing` as its header names it. */
export function bmpHeader(width: number, height: number, packing = 0): Uint8Array<ArrayBuffer> {
  const header = [...le32(54), ...le32(40), ...le32(width), ...le32(height), ...le16(1), ...le16(24), ...le32(packing)];
  return Uint8Array.from([...ascii('BM'), ...le32(0), ...le32(0), ...header, ...new Array(20).fill(0)]);
}
