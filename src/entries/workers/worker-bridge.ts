// The bridge between a page and its workers: errors that a person can act on keep their code and words, and a dead worker ends the wait.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';

/** Only name and message of an error survive the way between threads, so code and words travel in the message under this name. */
const NAME = 'GleanerError';

// biome-ignore lint/suspicious/noExplicitAny: any function may cross.
type Api = Record<string, (...args: any[]) => unknown>;

/** In the worker: exposes these functions to the page that started it. */
export function expose(api: Api): void {
  Comlink.expose(
    Object.fromEntries(
      Object.entries(api).map(([name, work]) => [
        name,
        async (...args: unknown[]) => {
          try {
            return await work(...args);
          } catch (error) {
            if (!(error instanceof GleanerError)) throw error;
            const packed = new Error(JSON.stringify([error.code, error.words]));
            packed.name = NAME;
            throw packed;
          }
        },
      ]),
    ),
  );
}

export interface RunningWorker<T> {
  /** The worker's own functions; each rejects with what the worker threw, or when the worker dies or cannot start. */
  remote: Comlink.Remote<T>;
  /** Ends the worker at once, whatever it is doing; calls still open reject. */
  terminate(): void;
}

/** In the page: starts a worker and gives its functions. */
export function startWorker<T>(Thread: new () => Worker): RunningWorker<T> {
  const worker = new Thread();
  const functions = Comlink.wrap<Api>(worker);
  let fail: (error: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Nobody may be waiting when it dies.
  death.catch(() => undefined);
  worker.addEventListener('error', event => fail(new Error(event.message || 'a worker could not start')));
  const remote = new Proxy({} as Comlink.Remote<T> & object, {
    get:
      (_, name: string) =>
      async (...args: unknown[]) => {
        try {
          return await Promise.race([functions[name]!(...args), death]);
        } catch (error) {
          throw unpacked(error);
        }
      },
  });
  return {
    remote,
    terminate() {
      worker.terminate();
      fail(new Error('the worker was ended'));
    },
  };
}

function unpacked(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== NAME) return error;
  const [code, words] = JSON.parse(error.message) as [string, string[]];
  return new GleanerError(code, words);
}
