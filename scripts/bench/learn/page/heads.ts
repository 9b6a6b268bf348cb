// Runs the measurements of heads in a worker, as the extension trains them.
import { link } from '../../../../src/entries/workers/crossing';
import type { HeadsWorker } from './heads.worker';
import HeadsThread from './heads.worker?worker';

export interface Size {
  rows: number;
  classes: number;
}

export const ourEpoch = (size: Size, epochs: number) => run(remote => remote.ourEpoch(size, epochs));
export const fitEpoch = (size: Size, rows: number) => run(remote => remote.fitEpoch(size, rows));
export const linearFit = (size: Size) => run(remote => remote.linearFit(size));
export const wholeNetworkEpoch = (address: string, pictures: number, batch: number, classes: number) =>
  run(remote => remote.wholeNetworkEpoch(new URL(address, location.href).href, pictures, batch, classes));

async function run<T>(
  work: (remote: Parameters<Parameters<ReturnType<typeof link<HeadsWorker>>['call']>[0]>[0]) => Promise<T>,
): Promise<T> {
  const worker = link<HeadsWorker>(new HeadsThread());
  try {
    return await worker.call(work);
  } finally {
    worker.terminate();
  }
}
