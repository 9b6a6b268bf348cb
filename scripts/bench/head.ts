// Seconds per epoch of the article's head on cached features: our written-out step against tfjs's model.fit, both on wasm.
import { parseArgs } from 'node:util';
import { startStage } from './learn/stage';
import { type Goal, machineInWords, print, type Result, type Row, save } from './results/table';

/** Rows and classes: a small collection, and the article's own of 37 breeds. */
const SIZES = [
  { rows: 1200, classes: 8 },
  { rows: 7400, classes: 37 },
];
const EPOCHS = 3;
/** Steps of model.fit that are measured; an epoch of the larger size is scaled up from them. */
const FIT_ROWS = 1200;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const result = await measureHead();
  print(result);
  save(values.out, result);
  return 0;
}

export async function measureHead(): Promise<Result> {
  const stage = await startStage({});
  try {
    const { ask } = await stage.open();
    const rows: Row[] = [];
    const goals: Goal[] = [];
    for (const size of SIZES) {
      const name = `${size.rows} × ${size.classes} labels`;
      const ours = await ask('ourEpoch', size, EPOCHS);
      const fit = await ask('fitEpoch', size, FIT_ROWS);
      const linear = await ask('linearFit', size);
      rows.push(
        {
          name: `${name}: our epoch`,
          value: ours,
          unit: 's',
          ratio: fit / ours,
          note: 'steps, statistics, evaluation',
        },
        {
          name: `${name}: model.fit's epoch`,
          value: fit,
          unit: 's',
          ratio: 1,
          note: size.rows > FIT_ROWS ? `scaled by steps from ${FIT_ROWS} rows` : 'steps alone',
        },
        { name: `${name}: linear head, whole`, value: linear, unit: 's', ratio: fit / linear },
      );
      goals.push({ name: `${name}: our epoch against model.fit's`, ratio: fit / ours, wanted: 8 });
    }
    const { ask: again, close } = await stage.open();
    await again('useSeeded', 1);
    const { workers } = await again('device');
    const rate = await again('bareRate', 'wasm', workers, 3);
    await close();
    const tenEpochs = 10 * rows[3]!.value;
    rows.push({ name: 'backbone, all cores', value: rate, unit: 'images/s' });
    goals.push({
      name: '7400 × 37: ten epochs in backbone passes',
      ratio: tenEpochs * rate,
      wanted: 400,
      atMost: true,
    });
    return { bench: 'head', machine: machineInWords(), browser: stage.version, rows, goals };
  } finally {
    await stage.close();
  }
}
