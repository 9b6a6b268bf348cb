// Undo and redo: every change of the collection made here is a step that knows its own way back.

export interface Step {
  /** What was done, for the notice: "3 images deleted". */
  words: string;
  redo(): Promise<void>;
  undo(): Promise<void>;
}

/** Steps run one after the other, also when keys are pressed faster than the background answers. */
export class UndoStack {
  private done: Step[] = [];
  private undone: Step[] = [];
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly limit = 200) {}

  /** Does a step for the first time. When it fails nothing is remembered and the error is the caller's. */
  perform(step: Step): Promise<void> {
    return this.inTurn(async () => {
      await step.redo();
      this.done.push(step);
      if (this.done.length > this.limit) this.done.shift();
      this.undone = [];
    });
  }

  /** Takes the newest step back; resolves with it, or undefined when there is none. */
  undo(): Promise<Step | undefined> {
    return this.inTurn(() => move(this.done, this.undone, step => step.undo()));
  }

  redo(): Promise<Step | undefined> {
    return this.inTurn(() => move(this.undone, this.done, step => step.redo()));
  }

  /** What is gone for good cannot be taken back. */
  forget(): void {
    this.done = [];
    this.undone = [];
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.last.then(action);
    this.last = result.catch(() => undefined);
    return result;
  }
}

async function move(from: Step[], to: Step[], run: (step: Step) => Promise<void>): Promise<Step | undefined> {
  const step = from.at(-1);
  if (!step) return undefined;
  await run(step);
  from.pop();
  to.push(step);
  return step;
}
