// @vitest-environment jsdom
// A shared page whose words were changed or lost on the way says so, and never stands there without a word.
import { beforeEach, expect, it, vi } from 'vitest';

vi.mock('webextension-polyfill', () => import('../../src/entries/share-page/words'));

const NOT_WHOLE = 'This file is not whole.';
const WORDS = {
  language: 'en',
  direction: 'ltr',
  messages: { error_shared_damaged: NOT_WHOLE, shared_knows: 'Knows $1' },
};
const MODEL = {
  labels: ['owls', 'crows'],
  backbone: { id: 'efficientnet-lite0-0-crop224', family: 'efficientnet-lite0', weights: 'imagenet', source: 'a' },
  head: 'linear',
  testAccuracy: 0.9,
  tested: 10,
  learnt: 90,
  trainedAt: 0,
  gleaner: '1.0.0',
  licences: ['Apache'],
  arrays: [],
};

async function shown(model: string): Promise<string> {
  const [words, page] = ['words', 'page'];
  document.body.innerHTML = `<script type="application/json" id="${words}"></script>
    <script type="application/json" id="model"></script><div id="${page}"></div><div id="report"></div>`;
  for (const [id, text] of Object.entries({ words: JSON.stringify(WORDS), model }))
    document.getElementById(id)!.textContent = text;
  await import('../../src/entries/share-page/page');
  await vi.waitFor(() => expect(document.querySelector('[role="alert"]')).not.toBeNull());
  return document.getElementById('page')?.textContent ?? '';
}

beforeEach(() => {
  vi.resetModules();
  document.title = 'Birds';
});

it('says so where the numbers alone are missing, under what it knows', async () => {
  const said = await shown(JSON.stringify(MODEL));
  expect(said).toContain('Knows owls, crows');
  expect(said).toContain(NOT_WHOLE);
});

it.each([
  ['nothing', ''],
  ['a part', JSON.stringify(MODEL).slice(0, 99)],
  ['null', 'null'],
  ['labels that are none', JSON.stringify({ ...MODEL, labels: 'owls' })],
  ['a label that is none', JSON.stringify({ ...MODEL, labels: ['owls', 3] })],
  ['a date no calendar has', JSON.stringify({ ...MODEL, trainedAt: 1e308 })],
  ['a network that nobody knows', JSON.stringify({ ...MODEL, backbone: { ...MODEL.backbone, family: 'constructor' } })],
  ['an accuracy beyond all', JSON.stringify({ ...MODEL, testAccuracy: 1e308 })],
  ['no licences', JSON.stringify({ ...MODEL, licences: undefined })],
])('says so where of the words of the model there is %s', async (_, model) => {
  const said = await shown(model);
  expect(said).toContain('Birds');
  expect(said).toContain(NOT_WHOLE);
});
