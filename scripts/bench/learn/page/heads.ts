// Runs the measurements of heads in a worker, as the extension trains them.
import type { Remote } from 'comlink';
import { inWorker } from '../../../../src/entries/workers/one-call';
import type { HeadsWorker } from './heads.worker';
import HeadsThread from './heads.worker?worker';

export interface Size {
  rows: number;
  classes: number;
}

export const ourEpoch = (size: Size, epochs: number) => run(remote => remote.ourEpoch(size, epochs));
export const fitEpoch = (size: Size, rows: number) => run(remote => remote.fitEpoch(size, rows));
export const linearFit = (size: Size) => run(remote => remote.linearFit(size));
export const wholeNetworkEpoch = (address: string, images: number, batch: number, classes: number) =>
  run(remote => remote.wholeNetworkEpoch(new URL(address, location.href).href, images, batch, classes));

function run<T>(work: (remote: Remote<HeadsWorker>) => Promise<T>): Promise<T> {
  return inWorker(HeadsThread, work, new AbortController().signal);
}
