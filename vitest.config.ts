// Unit tests run in node; end-to-end tests drive real browsers with the built extension, three files at a time, the longest first.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take half a minute and more; their length in lines says little. */
const LONGEST = [
  'e2e/harvest',
  'e2e/background-killed',
  'e2e/faults',
  'e2e/hostile-pages',
  'e2e/main-job',
  'e2e/hand-over',
  'e2e/soak',
  'e2e/learning',
  'e2e/popup',
  'e2e/report',
  'e2e/bad-input',
  'e2e/dataset',
  'e2e/dataset-undo',
  'e2e/weights',
  'fuzz',
  'pipeline/backup/backup-bombs',
  'background/pump-crash',
  'linear-time',
  'pipeline/features/network',
];

/** So that workers end together. A fresh checkout knows no durations yet. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex(name => moduleId.endsWith(`/tests/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // The HDF5 library writes a page about each damaged file, and tests give it hundreds.
    onConsoleLog: log => !log.startsWith('HDF5-DIAG'),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: ['tests/e2e/**'],
          environment: 'node',
          setupFiles: ['tests/seeds.ts'],
          // By itself vitest leaves a core to the rest of the machine, half of it where there are two.
          maxWorkers: '100%',
          // Property tests take long on a machine that is busy with other things.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/browsers.setup.ts'],
          environment: 'node',
          // Much of each file is waiting; more would wait for each other's browsers on two cores.
          maxWorkers: 3,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
