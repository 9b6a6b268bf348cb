// Reads the weights file named by its argument and prints, as JSON, what it holds or why it is refused.
import { openAsBlob } from 'node:fs';
import { readWeights } from '../../src/pipeline/features/weights-file';

try {
  const { family, layers } = await readWeights(await openAsBlob(process.argv[2] ?? ''));
  process.stdout.write(JSON.stringify({ family, layers: layers.length }));
} catch (error) {
  const { code, words } = error as { code?: string; words?: string[] };
  if (code === undefined) throw error;
  process.stdout.write(JSON.stringify({ code, words: words ?? [] }));
}
