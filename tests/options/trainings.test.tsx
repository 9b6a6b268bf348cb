// @vitest-environment jsdom
// The list of trainings: one answers, another is chosen with one press, and none goes without a question.
import 'fake-indexeddb/auto';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportRow } from '../../harness/rows';
import type { Model } from '../../src/contract/report';
import { database } from '../../src/edges/database';
import { deleteModel, modelInUse, modelInUseId, saveModel } from '../../src/edges/store/models';
import { modelCount, model as used } from '../../src/entries/options/app/state';
import { Trainings } from '../../src/entries/options/report/trainings';
import { MODEL_LABELS, storeModelLabel } from '../edges/store/stored-rows';

// Sentences are their keys here, and gaps stand behind them.
vi.mock('webextension-polyfill', () => ({
  default: {
    i18n: {
      getMessage: (key: string, gaps: string[] = []) => (key === 'language' ? 'en' : [key, ...gaps].join(' ')),
    },
  },
}));
vi.mock('../../src/edges/changes', () => ({ announce: () => undefined, onChanged: () => undefined }));
vi.mock('../../src/entries/workers/delete-models', () => ({
  deleteModels: async (ids: string[]) => {
    for (const id of ids) await deleteModel(id);
  },
}));

const labels = ['ann', 'bea'] as const;
const model = (id: string, createdAt: number, right: number) =>
  ({
    id,
    createdAt,
    labels: labels.map(name => ({ ...MODEL_LABELS[0]!, name, folder: name })),
    report: reportRow(labels, {
      trainedAt: createdAt,
      counts: Object.fromEntries(labels.map(label => [label, { train: 30, valid: 5, test: 10 }])),
      confusion: {
        labels: [...labels],
        matrix: [
          [right, 10 - right],
          [0, 10],
        ],
      },
    }),
    verdicts: [],
  }) as unknown as Model;

const place = document.createElement('div');
const rows = () => [...place.querySelectorAll('tbody tr')].map(row => row.textContent ?? '');
const press = async (words: string, within: ParentNode = place) => {
  const button = [...within.querySelectorAll('button')].find(one => one.textContent === words);
  if (!button) throw new Error(`there is no button ${words}`);
  await act(async () => button.click());
};
const settled = () => act(() => new Promise(resolve => setTimeout(resolve, 60)));

async function show() {
  used.value = await modelInUse();
  modelCount.value = await (await database()).count('models');
  await act(async () => render(<Shown />, place));
  await settled();
}

/** As the report has it: of whichever model is in use. */
function Shown() {
  return used.value ? <Trainings model={used.value} /> : null;
}

beforeEach(async () => {
  document.body.replaceChildren(place);
  // jsdom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  await (await database()).clear('models');
  await storeModelLabel();
  for (const [i, right] of [10, 7, 9].entries()) await saveModel(model(`m${i}`, 1000 + i, right));
});
afterEach(() => act(async () => render(null, place)));

describe('the trainings that are kept', () => {
  it('stand newest first, with what they learnt from and how good they are', async () => {
    await show();
    expect(rows()).toHaveLength(3);
    expect(rows()[0]).toContain('labels_count_other 2');
    expect(rows()[0]).toContain('images_other 90');
    expect(rows().map(row => /share_right (\S+ \d+ \d+)/.exec(row)?.[1])).toEqual([
      '95% 19 20',
      '85% 17 20',
      '100% 20 20',
    ]);
    expect(rows().map(row => row.includes('training_answers'))).toEqual([true, false, false]);
  });

  it('let another answer', async () => {
    await show();
    const [, second] = place.querySelectorAll('tbody tr');
    await press('use_this_one', second!);
    await settled();
    expect(await modelInUseId()).toBe('m1');
    expect(rows().map(row => row.includes('training_answers'))).toEqual([false, true, false]);
  });

  it('go after a question only, which says what takes the place of the one that answers', async () => {
    await show();
    const [first] = place.querySelectorAll('tbody tr');
    await press('delete', first!);
    const dialog = place.querySelector('dialog')!;
    expect(dialog.textContent).toContain('delete_training_answers');
    expect(await modelInUseId()).toBe('m2');
    await press('delete_for_good', dialog);
    await settled();
    expect(await modelInUseId()).toBe('m1');
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toContain('training_answers');
  });

  it('are not shown where there is one alone', async () => {
    for (const id of ['m0', 'm1']) await deleteModel(id);
    await show();
    expect(place.textContent).toBe('');
  });
});
