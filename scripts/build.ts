// Builds the extension for both browsers into dist/, or for one with `--mode chrome|firefox`.
import { parseArgs } from 'node:util';
import { BUILD_TARGETS, buildExtension } from './build/build-extension';

const { values } = parseArgs({ options: { mode: { type: 'string' } } });
const targets = values.mode === undefined ? BUILD_TARGETS : BUILD_TARGETS.filter(target => target === values.mode);
if (targets.length === 0) {
  console.error(`--mode is one of ${BUILD_TARGETS.join(', ')}.`);
  process.exit(2);
}
for (const target of targets) console.log(`Built ${await buildExtension(target, { packed: true })}`);
