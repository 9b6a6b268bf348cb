// Web Locks as the tests need them: in the order they were asked for, some at the same time where they are shared.

type Work<T> = (lock: object | null) => T | Promise<T>;
interface Asked {
  name: string;
  shared: boolean;
  begin(): void;
}

export function fakeLocks() {
  const held: Asked[] = [];
  let waiting: Asked[] = [];
  const free = ({ name, shared }: Asked, before: Asked[]) =>
    ![...held, ...before].some(other => other.name === name && !(other.shared && shared));
  const go = () => {
    const before = waiting;
    waiting = [];
    for (const asked of before) {
      if (!free(asked, waiting)) waiting.push(asked);
      else {
        held.push(asked);
        asked.begin();
      }
    }
  };
  return {
    async request<T>(name: string, ...rest: [Work<T>] | [LockOptions, Work<T>]): Promise<T> {
      const [{ mode, ifAvailable }, work] = rest.length === 2 ? rest : [{} as LockOptions, rest[0]];
      const asked: Asked = { name, shared: mode === 'shared', begin: () => undefined };
      if (ifAvailable && !free(asked, waiting)) return work(null);
      const turn = new Promise<void>(resolve => {
        asked.begin = resolve;
      });
      waiting.push(asked);
      go();
      await turn;
      try {
        return await work({});
      } finally {
        held.splice(held.indexOf(asked), 1);
        go();
      }
    },
    query: async () => ({ held: held.map(({ name }) => ({ name })) }),
  };
}
