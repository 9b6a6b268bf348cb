// What one image may be at most and at least: bounds that keep a hostile file from filling memory.

export const IMAGE_LIMITS = {
  /** Bytes of a body, after content decoding. */
  bytes: 25 * 1024 * 1024,
  /** Pixels of one picture: 50 Mpx decode to 200 MB. */
  pixels: 50_000_000,
  /** Pixels of one side. */
  side: 12_000,
  /** Long side through short side. */
  aspect: 20,
  /** Pictures in one animation, and pixels of all of them. */
  frames: 300,
  framePixels: 1_000_000_000,
  /** Smallest side of a picture worth keeping, in pixels, unless the settings ask for more. */
  minSide: 32,
} as const;

export const FETCH_LIMITS = {
  /** To the response's headers, to the next byte, and in all; in ms. Below the 30 s after which browsers cut. */
  headers: 20_000,
  stalled: 15_000,
  total: 60_000,
} as const;
