// Calls into a worker: errors that a person can act on keep their code and words, and a dead worker ends the wait.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';

/** Only name and message of an error survive the crossing, so code and words travel in the message under this name. */
const NAME = 'GleanerError';

// biome-ignore lint/suspicious/noExplicitAny: any function may cross.
type Api = Record<string, (...args: any[]) => unknown>;

/** In the worker: offers these functions to the page that started it. */
export function offer(api: Api): void {
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

export interface WorkerLink<T> {
  /** Calls through `remote`; rejects with what the worker threw, or when the worker dies or cannot start. */
  call<R>(work: (remote: Comlink.Remote<T>) => Promise<R>): Promise<R>;
  /** Ends the worker at once, whatever it is doing; calls still open reject. */
  terminate(): void;
}

/** In the page: a worker and the way to call it. */
export function link<T>(worker: Worker): WorkerLink<T> {
  const remote = Comlink.wrap<T>(worker);
  let fail: (error: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Nobody may be waiting when it dies.
  death.catch(() => undefined);
  worker.addEventListener('error', event => fail(new Error(event.message || 'a worker could not start')));
  return {
    async call(work) {
      try {
        return await Promise.race([work(remote), death]);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== NAME) throw error;
        const [code, words] = JSON.parse(error.message) as [string, string[]];
        throw new GleanerError(code, words);
      }
    },
    terminate() {
      worker.terminate();
      fail(new Error('the worker was ended'));
    },
  };
}
