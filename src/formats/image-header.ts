// What is read of an image's header, whatever its format.

export interface ImageHeader {
  /** Pixels as stored: of an image that a tag turns, before it is turned. Where a file says several, the larger counts. */
  width: number;
  height: number;
  /** Images of the animation; 1 for a still. */
  frames: number;
}

/** How much of a file is looked through at most: what has more is refused by whoever set these. */
export interface Most {
  /** Pixels of one image. */
  pixels: number;
  /** Images of one animation. */
  frames: number;
}

/** Makes the header's sides at least so long: the larger size is what counts. */
export function widen(header: ImageHeader, width: number, height: number): void {
  header.width = Math.max(header.width, width);
  header.height = Math.max(header.height, height);
}
