// How far a reader goes into a file. One that would have to go further is refused, never read in part: decoders read on.

/** Thrown where a reader gives up, wherever in the file that is; `readHeader` makes of it "cannot be read". */
export class GivenUp extends Error {}

/** Counts what is read of a file made of pieces: boxes, chunks, segments, units. */
export class Steps {
  /** @param most  no encoder's file has so many */
  constructor(private readonly most: number) {}

  private taken = 0;

  /** @throws GivenUp  when this is one step too many */
  take(): void {
    if (++this.taken > this.most) throw new GivenUp();
  }
}
