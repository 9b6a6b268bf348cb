// Calls into workers: errors of ours keep their name, a dead worker keeps nobody waiting, and an abort ends or stops it.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GleanerError } from '../../src/contract/error';
import { inWorker } from '../../src/entries/workers/one-call';
import { expose, startWorker } from '../../src/entries/workers/worker-bridge';

const open: MessagePort[] = [];

/** A worker whose functions run in this thread, at the other end of a channel; `stop` makes `best` resolve. */
class FakeWorker extends EventTarget {
  static started = 0;
  private readonly page: MessagePort;
  ended = false;

  constructor() {
    super();
    FakeWorker.started++;
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    this.page = port1;
    vi.stubGlobal('addEventListener', port2.addEventListener.bind(port2));
    vi.stubGlobal('postMessage', port2.postMessage.bind(port2));
    let stop = () => {};
    const heard: string[] = [];
    expose({
      add: (a: number, b: number) => a + b,
      refuse: () => Promise.reject(new GleanerError('storage_full', ['5 GB'])),
      break: () => Promise.reject(new TypeError('no such thing')),
      forever: () => new Promise(() => {}),
      best: () => {
        heard.push('best');
        return new Promise(resolve => {
          stop = () => resolve(heard);
        });
      },
      stop: () => {
        heard.push('stop');
        stop();
      },
    });
    port2.start();
    port1.start();
  }

  override addEventListener(type: string, ...rest: [never]): void {
    if (type === 'message') this.page.addEventListener(type, ...rest);
    else super.addEventListener(type, ...rest);
  }
  override removeEventListener(type: string, ...rest: [never]): void {
    if (type === 'message') this.page.removeEventListener(type, ...rest);
    else super.removeEventListener(type, ...rest);
  }
  postMessage(...given: [never]): void {
    if (!this.ended) this.page.postMessage(...given);
  }
  terminate(): void {
    this.ended = true;
  }
}
const Thread = FakeWorker as unknown as new () => Worker;

interface Api {
  add(a: number, b: number): number;
  refuse(): void;
  break(): void;
  forever(): void;
  best(): string[];
  stop(): void;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const port of open.splice(0)) port.close();
  FakeWorker.started = 0;
});

describe('a running worker', () => {
  it('answers, and its errors keep their code and words', async () => {
    const { remote } = startWorker<Api>(Thread);
    expect(await remote.add(2, 3)).toBe(5);
    await expect(remote.refuse()).rejects.toMatchObject({
      name: 'GleanerError',
      code: 'storage_full',
      words: ['5 GB'],
    });
    await expect(remote.refuse()).rejects.toBeInstanceOf(GleanerError);
    await expect(remote.break()).rejects.toMatchObject({ name: 'TypeError', message: 'no such thing' });
  });

  it('that dies or is ended keeps nobody waiting', async () => {
    let worker: FakeWorker | undefined;
    class Seen extends FakeWorker {
      constructor() {
        super();
        worker = this;
      }
    }
    const { remote } = startWorker<Api>(Seen as unknown as new () => Worker);
    const waiting = remote.forever();
    worker!.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    await expect(waiting).rejects.toThrow('out of memory');

    const other = startWorker<Api>(Thread);
    const call = other.remote.forever();
    other.terminate();
    await expect(call).rejects.toThrow('ended');
  });
});

describe('a worker for one call', () => {
  it('is ended at once by an abort, with the reason of the signal; none is started for one that is aborted already', async () => {
    const stop = new AbortController();
    const call = inWorker<Api, void>(Thread, remote => remote.forever(), stop.signal);
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(FakeWorker.started).toBe(1);
    await expect(inWorker<Api, void>(Thread, remote => remote.forever(), stop.signal)).rejects.toThrow('enough');
    expect(FakeWorker.started).toBe(1);
  });

  it('that may end by itself gives what it has, and hears of an abort after its call', async () => {
    const best = (signal: AbortSignal) =>
      inWorker<Api, string[]>(
        Thread,
        remote => remote.best(),
        signal,
        ({ remote }) => void remote.stop().catch(() => undefined),
      );
    const stop = new AbortController();
    const call = best(stop.signal);
    setTimeout(() => stop.abort(), 5);
    expect(await call).toEqual(['best', 'stop']);
    expect(await best(AbortSignal.abort())).toEqual(['best', 'stop']);
  });
});
