// Many beside each other, or one alone; first come, first served, so that whoever wants to be alone gets its turn.

interface Waiting {
  alone: boolean;
  enter: () => void;
}

export class Beside {
  private inside = 0;
  private alone = false;
  private readonly line: Waiting[] = [];

  /** Resolves when there is room; `leave` must follow. */
  enter(alone: boolean): Promise<void> {
    return new Promise(enter => {
      this.line.push({ alone, enter });
      this.admit();
    });
  }

  leave(): void {
    this.inside--;
    this.alone = false;
    this.admit();
  }

  private admit(): void {
    for (let first = this.line[0]; first; first = this.line[0]) {
      if (this.alone || (first.alone && this.inside > 0)) return;
      this.line.shift();
      this.inside++;
      this.alone = first.alone;
      first.enter();
    }
  }
}
