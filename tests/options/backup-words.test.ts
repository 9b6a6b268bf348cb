// Whatever a backup was made without is said, each kind by itself.
import { expect, it, vi } from 'vitest';
import { withoutWords } from '../../src/entries/options/backup/backup-words';
import { MOST_MODELS } from '../../src/pipeline/backup/limits';

vi.mock('../../src/edges/i18n', () => ({ plural: (...words: unknown[]) => words.join(' ') }));

it('a backup says what is not in it, and nothing where all of it is', () => {
  expect(withoutWords({})).toEqual([]);
  expect(withoutWords({ models: 2 })).toEqual([`backup_without_models 2 ${MOST_MODELS}`]);
  expect(withoutWords({ labels: 1, images: 4, harvests: 2, jobs: 3, models: 0 })).toEqual([
    'backup_without_labels 1',
    'backup_without_images 4',
    'backup_without_harvests 2',
    'backup_without_addresses 3',
  ]);
});
