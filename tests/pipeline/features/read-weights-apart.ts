// Reads one weights file in a process of its own and prints the code of its refusal: what never ends can be ended from outside.
import { openAsBlob, writeSync } from 'node:fs';
import { GleanerError } from '../../../src/contract/error';
import { readWeights } from '../../../src/pipeline/features/weights-file';

const end = await readWeights(await openAsBlob(process.argv[2]!)).then(
  () => 'read',
  (error: unknown) => (error instanceof GleanerError ? error.code : String(error)),
);
writeSync(1, `\nend: ${end}\n`);
