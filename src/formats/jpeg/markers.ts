// The markers of a JPEG's segments (ITU-T T.81, table B.1), and the numbers in them.

export const SOI = 0xd8;
export const EOI = 0xd9;
export const SOS = 0xda;
export const DHT = 0xc4;
export const DAC = 0xcc;
export const DQT = 0xdb;
export const DRI = 0xdd;
export const COM = 0xfe;
export const APP0 = 0xe0;
export const APP1 = 0xe1;
export const APP2 = 0xe2;
export const APP14 = 0xee;
/** Frames every reader knows: baseline, extended, progressive. */
export const USUAL_FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];
export const PROGRESSIVE = 0xc2;

/** SOF0 … SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== DHT && marker !== 0xc8 && marker !== DAC;
}

/** APP0 … APP15. */
export function isApplication(marker: number): boolean {
  return marker >= 0xe0 && marker <= 0xef;
}

/** RST0 … RST7, which stand in a scan's data. */
export function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** Two bytes as a number; what lies behind the end is zero. */
export function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
