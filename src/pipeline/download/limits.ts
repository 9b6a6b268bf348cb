// What one image may be at most and at least: bounds that keep a hostile file from filling memory.

export const IMAGE_LIMITS = {
  /** Bytes of a body, after content decoding. */
  bytes: 25 * 1024 * 1024,
  /** Pixels of one image: 50 Mpx decode to 200 MB. */
  pixels: 50_000_000,
  /** Pixels of one side. */
  side: 12_000,
  /** Long side through short side. */
  aspect: 20,
  /** Images in one animation, of which only the first is decoded; decoders keep a record of each all the same. */
  frames: 10_000,
  /** Smallest side of an image worth keeping, in pixels, unless the settings ask for more. */
  minSide: 32,
} as const;
export type ImageLimits = { [K in keyof typeof IMAGE_LIMITS]: number };

/**
 * For images a person brings: nobody wants to be told that a camera's photo is too large or a digit of 28 × 28 too small. What has more
 * pixels than a download may have is made small while it is decoded, and decoded alone.
 */
export const OWN_LIMITS: ImageLimits = {
  ...IMAGE_LIMITS,
  bytes: 64 * 1024 * 1024,
  pixels: 125_000_000,
  side: 16_384,
  minSide: 1,
};

export const FETCH_LIMITS = {
  /** To the response's headers, to the next byte, and in all; in ms. Below the 30 s after which browsers cut. */
  headers: 20_000,
  stalled: 15_000,
  total: 60_000,
} as const;

/** What looking at the bytes of one image (checking, decoding, hashing) may cost at most. */
export const LOOK_LIMITS = {
  /** For decoding, in ms. The largest image that is let in takes a few seconds on a slow machine. */
  decode: 30_000,
  /**
   * How often an image is looked at when the background did not live to see the end of it. The first time may be the fault of
   * another beside it; from then on it is looked at alone, and a background that is stopped by chance hits the same moment
   * once or twice, but hardly three times more.
   */
  looks: 4,
  /** How long a new background leaves alone what the one before may have died of, in ms: messages are answered first. */
  rest: 1_000,
} as const;
