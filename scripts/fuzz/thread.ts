// The thread that runs inputs. It may hang or die of one; the input lies in shared memory, where its watcher finds it.
import { parentPort, workerData } from 'node:worker_threads';
import { type Random, seededRandom } from '../../src/pipeline/head/random';
import { allowedMs, judge } from './judge';
import { mutateBytes, mutateText, pick } from './mutate';
import { CELLS, type Report, type Task, writeInput } from './shared-input';
import type { Input, Target } from './target';
import { targets } from './targets';
import { BYTE_TOKENS, TEXT_TOKENS } from './tokens';

/** Different faults of one target that are told. */
const MOST_FAULTS = 5;

const port = parentPort;
const memory = workerData as SharedArrayBuffer;
const cells = new Int32Array(memory, 0, Object.keys(CELLS).length);

port?.on('message', (task: Task) => {
  work(task).catch(error => {
    throw error;
  });
});

async function work({ name, seed, ms }: Task): Promise<void> {
  const target = targets.find(each => each.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  const random = seededRandom(seed);
  const samples: Input[] = await target.samples();
  const report: Report = { runs: 0, slowest: 0, faults: [] };
  const until = performance.now() + ms;
  // Each sample as it is comes first, as far as there is time.
  for (let n = 0; n === 0 || performance.now() < until; n++) {
    const input = n < samples.length ? samples[n]! : altered(target, pick(random, samples), random);
    writeInput(memory, input);
    const fault = await tried(target, input, report);
    Atomics.store(cells, CELLS.running, 0);
    report.runs++;
    if (fault === undefined) continue;
    report.faults.push({ what: fault, input });
    if (report.faults.length >= MOST_FAULTS) break;
  }
  port?.postMessage(report);
}

async function tried(target: Target, input: Input, report: Report): Promise<string | undefined> {
  const start = () => Atomics.store(cells, CELLS.running, 1);
  let outcome = await judge(target, input, start);
  // A machine that is busy with something else is no fault of the reader's.
  if (outcome.ms > allowedMs(input.length)) outcome = await judge(target, input, start);
  report.slowest = Math.max(report.slowest, outcome.ms);
  if (outcome.ms > allowedMs(input.length)) return `took ${outcome.ms.toFixed(0)} ms for ${input.length}`;
  const known = report.faults.some(({ what }) => what === outcome.fault);
  return known ? undefined : outcome.fault;
}

function altered(target: Target, sample: Input, random: Random): Input {
  const longest = target.longest ?? 1_000_000;
  if (target.kind === 'text') {
    if (target.mutate && random.integer(4) > 0) return target.mutate(sample as string, random);
    return mutateText(sample as string, random, [...TEXT_TOKENS, ...(target.tokens ?? [])], longest);
  }
  if (target.mutate && random.integer(4) > 0) return target.mutate(sample as Uint8Array<ArrayBuffer>, random);
  return mutateBytes(sample as Uint8Array, random, [...BYTE_TOKENS, ...(target.tokens ?? [])], longest);
}
