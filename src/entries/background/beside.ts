// Many beside each other, or one alone: whoever wants to be alone waits until nobody else wants in.

export class Beside {
  private inside = 0;
  private alone = false;
  private readonly many: (() => void)[] = [];
  private readonly single: (() => void)[] = [];

  /** Resolves when there is room; `leave` must follow. */
  enter(alone: boolean): Promise<void> {
    return new Promise(enter => {
      (alone ? this.single : this.many).push(enter);
      this.admit();
    });
  }

  leave(): void {
    this.inside--;
    this.alone = false;
    this.admit();
  }

  private admit(): void {
    if (this.alone) return;
    for (const enter of this.many.splice(0)) this.let(enter);
    if (this.inside > 0) return;
    const enter = this.single.shift();
    this.alone = enter !== undefined;
    if (enter) this.let(enter);
  }

  private let(enter: () => void): void {
    this.inside++;
    enter();
  }
}
