// Web Locks as the tests need them: one at a time for each name, in the order they were asked for.

export function fakeLocks() {
  const turns = new Map<string, Promise<unknown>>();
  const held = new Set<string>();
  return {
    request<T>(name: string, work: () => Promise<T>): Promise<T> {
      const turn = (turns.get(name) ?? Promise.resolve()).then(async () => {
        held.add(name);
        return work().finally(() => held.delete(name));
      });
      turns.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
    query: async () => ({ held: [...held].map(name => ({ name })) }),
  };
}
