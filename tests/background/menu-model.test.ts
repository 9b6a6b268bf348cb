// The right-click menu as data.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label } from '../../src/contract/label';
import { menuAction, menuItems } from '../../src/entries/background/menu-model';

const WORDS = { results: 'R', everything: 'E', image: 'I', test: 'T', fromQuery: 'Q', ask: 'A' };
const label = (name: string, id: string = crypto.randomUUID()): Label => ({
  id,
  name,
  folder: name,
  colour: 0,
  createdAt: 0,
});

describe('the menu', () => {
  it('has one entry per label under each parent, then the ways to a new label', () => {
    const items = menuItems([label('Karpov', 'k'), label('Kasparov', 'p')], WORDS);
    expect(items.filter(item => item.parentId === 'results').map(item => item.title)).toEqual([
      'Karpov',
      'Kasparov',
      undefined,
      'Q',
      'A',
    ]);
    expect(items.filter(item => item.parentId === 'image').map(item => item.title)).toEqual([
      'Karpov',
      'Kasparov',
      undefined,
      'A',
    ]);
    expect(items.at(-1)).toEqual({ id: 'test', title: 'T', contexts: ['image'] });
  });

  it('begins without a separator when there are no labels', () => {
    expect(menuItems([], WORDS).filter(item => item.title === undefined)).toEqual([]);
  });

  it('has unique ids, parents before children, and an id that says what it means, for any labels', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { maxLength: 80 }),
        fc.string({ unit: 'binary', minLength: 1 }),
        (ids, name) => {
          const items = menuItems(
            ids.map(id => label(name, id)),
            WORDS,
          );
          const seen = new Set<string>();
          let orphans = 0;
          for (const { id, parentId } of items) {
            if (parentId && !seen.has(parentId)) orphans++;
            seen.add(id);
          }
          expect([seen.size, orphans]).toEqual([items.length, 0]);
          const shown = ids.slice(0, 60);
          expect(shown.every(id => seen.has(`results:label:${id}`))).toBe(true);
          expect(shown.map(id => menuAction(`results:label:${id}`))).toEqual(
            shown.map(labelId => ({ kind: 'results', target: { labelId } })),
          );
        },
      ),
    );
  });

  it('shows names as they are, not as access keys or the selected text', () => {
    const title = menuItems([label('R&D 100%s')], WORDS).find(item => item.parentId)?.title;
    expect(title).toBe('R&&D 100%\u200Bs');
    const long = menuItems([label('🦊'.repeat(300))], WORDS).find(item => item.parentId)?.title ?? '';
    expect([...long]).toHaveLength(60);
    // Its exclamation mark stays at its own end, whatever the menu's direction.
    const arabic = menuItems([label('كاسباروف!')], WORDS).find(item => item.parentId)?.title;
    expect(arabic).toBe('\u2068كاسباروف!\u2069');
  });

  it('takes nothing from ids it did not make', () => {
    for (const id of ['results', 'image:separator', 'other:label:x', 'results:label', '', '__proto__:ask']) {
      expect(menuAction(id)).toBeUndefined();
    }
    expect(menuAction('everything:ask')).toEqual({ kind: 'everything', target: 'ask' });
    expect(menuAction('results:query')).toEqual({ kind: 'results', target: 'query' });
    expect(menuAction('test')).toEqual({ kind: 'test' });
  });
});
