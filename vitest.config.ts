// Unit tests run in node; end-to-end tests drive real browsers with the built extension, two files at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The HDF5 library writes a page about each damaged file, and tests give it hundreds.
    onConsoleLog: log => !log.startsWith('HDF5-DIAG'),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: ['tests/e2e/**'],
          environment: 'node',
          // Property tests take long on a machine that is busy with other things.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          // More would wait for each other's browsers on two cores, and one would leave them idle for more than half the time.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
