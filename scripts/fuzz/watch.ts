// Gives targets to a thread one after the other, and ends the thread when an input hangs it.
import { Worker } from 'node:worker_threads';
import { allowedMs } from './judge';
import { CELLS, type Report, readInput, shareMemory, type Task } from './shared-input';

/** An input that takes so many times what is allowed hangs. */
const HANGS = 4;
const LOOK_MS = 50;

export class Watched {
  private readonly memory = shareMemory();
  private readonly cells = new Int32Array(this.memory, 0, Object.keys(CELLS).length);
  private worker: Worker | undefined;

  /** What came of a target; a hang ends its time, and the input that hangs is told as a fault. */
  async run(task: Task): Promise<Report> {
    // The HDF5 library writes a page to stderr about each damaged file.
    const options = { workerData: this.memory, stderr: true };
    this.worker ??= new Worker(new URL('./thread.mjs', import.meta.url), options);
    const { worker, cells, memory } = this;
    Atomics.store(cells, CELLS.running, 0);
    worker.postMessage(task);
    let runningFor = 0;
    return new Promise<Report>((resolve, reject) => {
      const looking = setInterval(() => {
        // Marked when it is first seen; the thread takes the mark away with each new run.
        runningFor = Atomics.compareExchange(cells, CELLS.running, 1, 2) === 2 ? runningFor + LOOK_MS : 0;
        if (runningFor > HANGS * allowedMs(Atomics.load(cells, CELLS.length))) ended('never ends');
      }, LOOK_MS);
      const settle = () => {
        clearInterval(looking);
        worker.off('message', told).off('error', broken);
      };
      const ended = (what: string) => {
        settle();
        this.worker = undefined;
        const faults = [{ what, input: readInput(memory) }];
        worker.terminate().then(() => resolve({ runs: 1, slowest: runningFor, faults }), reject);
      };
      const told = (report: Report) => {
        settle();
        resolve(report);
      };
      const broken = (error: Error) => ended(`ended the thread: ${error.message}`);
      worker.on('message', told).on('error', broken);
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}
