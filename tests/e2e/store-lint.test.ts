// Mozilla's own check of what would be handed in: no error, and no warning or notice without a reason.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { distFolder } from '../../scripts/build/build-extension';
import { lint } from '../../scripts/package/lint';

it("finds nothing in Firefox's build", () => {
  const folder = process.env.GLEANER_DIST ? join(process.env.GLEANER_DIST, 'firefox') : distFolder('firefox');
  expect(lint(folder).open).toEqual([]);
});
