// One thing at a time for each name within this context, in the order it was asked for; `edges/locks` has the like across contexts.

const turns = new Map<string, Promise<unknown>>();

/** Runs `work` when all that was asked for under this name before has ended, however it ended. */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
  turns.set(name, turn);
  void turn.catch(() => undefined).then(() => turns.get(name) === turn && turns.delete(name));
  return turn;
}
