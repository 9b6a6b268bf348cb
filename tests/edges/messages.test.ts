// Who may ask the background for what: forged, misspelt and oversized messages change nothing.
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GleanerError } from '../../src/contract/error';

const ROOT = 'moz-extension://gleaner/';
type Listener = (message: unknown, sender: object) => Promise<unknown> | undefined;
const browser = vi.hoisted(() => ({
  runtime: {
    id: 'gleaner',
    getURL: (path: string) => `moz-extension://gleaner/${path}`,
    onMessage: {
      addListener(listener: Listener) {
        heard.listener = listener;
      },
    },
    sendMessage: (message: unknown) => heard.listener(message, { id: 'gleaner', url: `${ROOT}options.html` }),
  },
}));
const heard = vi.hoisted(() => ({ listener: (() => undefined) as Listener }));
vi.mock('webextension-polyfill', () => ({ default: browser }));

const asked: [string, unknown][] = [];
const hear = (name: string) => async (args: unknown) => void asked.push([name, args]);

beforeEach(async () => {
  asked.length = 0;
  const { answer } = await import('../../src/edges/messages');
  type Tables = Parameters<typeof answer>;
  answer(
    { sendCandidates: hear('sendCandidates'), undoHarvest: hear('undoHarvest') } as unknown as Tables[0],
    { deleteEverything: hear('deleteEverything'), deleteLabel: hear('deleteLabel') } as unknown as Tables[1],
  );
});

const page = { id: 'gleaner', url: 'https://page.example/', tab: { id: 1, incognito: false } };
const own = { id: 'gleaner', url: `${ROOT}src/entries/options/options.html` };
const send = async (message: unknown, sender: object) => heard.listener(message, sender);

type Case = [what: string, message: unknown, sender: object];
const REFUSED: Case[] = [
  ['a page asking for what only the app may', { gleaner: 'deleteEverything', args: {} }, page],
  ['a page whose address looks like ours', { gleaner: 'deleteEverything' }, { ...page, url: `https://x/${ROOT}` }],
  ['a frame without an address', { gleaner: 'deleteEverything' }, { id: 'gleaner' }],
  ['a private window', { gleaner: 'sendCandidates' }, { ...page, tab: { id: 1, incognito: true } }],
  ['an own page in a private window', { gleaner: 'deleteLabel' }, { ...own, tab: { id: 1, incognito: true } }],
  ['a name nobody has', { gleaner: 'deleteTheWorld' }, own],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'].map(
    (name): Case => [`the inherited name ${name}`, { gleaner: name, args: {} }, own],
  ),
  ['a name of ten megabytes', { gleaner: 'a'.repeat(10_000_000) }, own],
];
const UNHEARD: Case[] = [
  ['another extension', { gleaner: 'deleteLabel', args: {} }, { ...own, id: 'other' }],
  ['nobody known', { gleaner: 'deleteLabel', args: {} }, {}],
  ['a name that is no text', { gleaner: ['deleteLabel'] }, own],
  ['null', null, own],
  ['a bare word', 'deleteLabel', own],
];

describe('a message', () => {
  it("of the extension's own pages may ask for everything", async () => {
    await send({ gleaner: 'deleteLabel', args: { labelId: 'a' } }, own);
    await send({ gleaner: 'undoHarvest', args: {} }, own);
    expect(asked).toEqual([
      ['deleteLabel', { labelId: 'a' }],
      ['undoHarvest', {}],
    ]);
  });

  it.each(REFUSED)('is refused: %s', async (_what, message, sender) => {
    await expect(send(message, sender)).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it.each(UNHEARD)('is not even answered: %s', async (_what, message, sender) => {
    expect(await send(message, sender)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('of a page never reaches what only the app may ask, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), fc.string(), async (args, name) => {
        asked.length = 0;
        for (const gleaner of [name, 'deleteEverything', 'deleteLabel'])
          await send({ gleaner, args, own: true, sender: own }, page).catch(() => undefined);
        expect(asked).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an answer', () => {
  it('carries an error with its code and words', async () => {
    const { answer, ask } = await import('../../src/edges/messages');
    const taken = () => Promise.reject(new GleanerError('label_name_taken', ['Bear']));
    answer({}, { renameLabel: taken } as never);
    const refused = ask('renameLabel', { labelId: 'a', name: 'Bear' });
    await expect(refused).rejects.toMatchObject({ code: 'label_name_taken', words: ['Bear'] });
  });
});
