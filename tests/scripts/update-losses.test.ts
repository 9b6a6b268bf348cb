// What `npm run test:update` takes for a loss.
import { expect, it } from 'vitest';
import { losses } from '../../scripts/update/losses';
import type { WhatIsThere } from '../../scripts/update/what-is-there';

const there = (change: Partial<WhatIsThere['rows']> = {}, settings = {}, damaged: string[] = []): WhatIsThere => ({
  rows: {
    labels: { '"l"': { id: 'l', name: 'Kasparov' } },
    samples: { '"s"': { sha256: 's', candidate: { url: 'https://a.example/1' } } },
    jobs: { '1': { state: 'queued' } },
    meta: { '"x"': 1 },
    ...change,
  },
  settings: { minSide: 37, ...settings },
  database: 'one',
  damaged,
});

it('finds none where rows and fields were only added, jobs went on and bookkeeping changed', () => {
  const after = there({
    labels: { '"l"': { id: 'l', name: 'Kasparov', colour: 1 }, '"m"': { id: 'm' } },
    jobs: { '1': { state: 'stored' } },
    meta: {},
  });
  expect(losses(there(), after)).toEqual([]);
});

it.each([
  ['a label', there({ labels: {} }), 'labels: "l" is gone'],
  ['a store', there({ samples: undefined }), 'samples: "s" is gone'],
  ['a name', there({ labels: { '"l"': { id: 'l', name: 'K' } } }), 'labels: "l": name was "Kasparov" and is "K"'],
  [
    'an origin',
    there({ samples: { '"s"': { sha256: 's', candidate: {} } } }),
    'samples: "s": candidate.url was "https://a.example/1" and is nothing',
  ],
  ['a job', there({ jobs: {} }), 'jobs: 1 is gone'],
  ['a setting', there({}, { minSide: 32 }), 'settings: minSide was 37 and is 32'],
  ['the database', { ...there(), database: 'two' }, 'the database is another one'],
  ['what the app itself misses', there({ meta: { '"loss"': {} } }), 'the app says that it lost something'],
  ['bytes', there({}, {}, ['s']), 'image s no longer has its bytes'],
])('finds the loss of %s', (_, after, words) => {
  expect(losses(there(), after)).toEqual([words]);
});
