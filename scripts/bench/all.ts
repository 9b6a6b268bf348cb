// Every measurement of learning, one after the other, and one JSON of all of them.
import { parseArgs } from 'node:util';
import { measureFeatures } from './features';
import { measureHead } from './head';
import { measureJob } from './job';
import { measureMemory } from './memory';
import { measurePopup } from './popup';
import { met, print, type Result, save } from './results/table';

const PARTS: (() => Promise<Result>)[] = [
  () => measureFeatures(3, 80),
  measureHead,
  () => measureJob(1200),
  measurePopup,
  () => measureMemory([1000, 5000], 1000),
];

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const results: Result[] = [];
  for (const part of PARTS) {
    const result = await part();
    print(result);
    results.push(result);
    // What was measured is not lost when a later part fails.
    save(values.out, results);
  }
  const goals = results.flatMap(result => result.goals);
  console.log(`\n${goals.filter(met).length} of ${goals.length} goals met`);
  return 0;
}
