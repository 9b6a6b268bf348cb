// The page a model is shared as, opened from its file in WebKit, which phones have that have neither of the other engines.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageFile } from '../../harness/pictures/pictures';
import { testInPopup } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import { saveShared } from '../../tests/e2e/pages/shared-page';
import type { Checks } from './check';
import { type Answer, compare } from './models';
import { startWebKit } from './webkit';

const READY_MS = 60_000;
/** Both show per cent with one digit: where one rounds up and the other down they are a digit apart. */
const ONE_DIGIT = 1.001e-3;
/** The list of labels, best first, with their shares in words. */
const LIST = '.answer [aria-label="Most likely labels"]';

/** Saves the page, and asks it in WebKit what it asks the popup; a picture of it lies beside what else was saved. */
export async function checkShared(checks: Checks, walk: Walk, labels: string[], asked: ImageFile[]): Promise<void> {
  await checks.check('The shared page from its file in WebKit, as wide as a phone', async () => {
    const webkit = await startWebKit();
    try {
      const path = await saveShared(walk, `${labels.join(', ')}.html`);
      const popup: Answer[] = [];
      const answers: number[][] = [];
      await webkit.open(path);
      const words = () => webkit.run<string>('return document.body.innerText.replace(/\\s+/g, " ");');
      await waitFor('the page', async () => /Ready for an image/.test(await words()) || undefined, READY_MS, words);
      for (const { name, bytes } of asked) {
        const file = join(walk.out, name);
        await writeFile(file, bytes);
        popup.push(await testInPopup(walk, file));
        const lines = await webkit.run<string[]>(ASK, bytes.toString('base64'), name, LIST, READY_MS);
        const shares = new Map(lines.map(line => sharesOf(line)));
        answers.push(labels.map(label => shares.get(label) ?? Number.NaN));
      }
      await webkit.screenshot(join(walk.out, 'shared-in-webkit.png'));
      return `WebKit ${webkit.version}: ${compare(popup, labels, answers, ONE_DIGIT)}`;
    } finally {
      await webkit.close();
    }
  });
}

function sharesOf(line: string): [label: string, p: number] {
  const [, label = '', share] = /^(.*) ([\d.]+) ?%$/.exec(line) ?? [];
  return [label, Number(share) / 100];
}

/** Chooses the image as a person does, and gives the lines of the answer once they are others than before. */
const ASK = `
  const [base64, name, list, patience] = given;
  const lines = () => [...document.querySelectorAll(list + ':not([data-before]) li')]
    .map(line => line.textContent.replace(/\\s+/g, ' ').trim());
  document.querySelector(list)?.setAttribute('data-before', '');
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const chosen = new DataTransfer();
  chosen.items.add(new File([bytes], name, { type: 'image/png' }));
  const field = document.querySelector('input[type=file]');
  field.files = chosen.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  for (const end = Date.now() + patience; Date.now() < end; ) {
    await new Promise(resolve => setTimeout(resolve, 50));
    if (lines().length > 0 && /Answered in/.test(document.body.innerText)) return lines();
  }
  throw new Error('no answer: ' + document.body.innerText.slice(0, 300));
`;
