// @vitest-environment jsdom
// Where the keyboard goes on when what was pressed is gone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepFocus } from '../../src/entries/parts/keep-focus';

// jsdom lays nothing out, so that all it has is shown.
HTMLElement.prototype.checkVisibility = () => true;
Element.prototype.checkVisibility = () => true;

describe('the keyboard, when what was pressed goes away', () => {
  let life: AbortController;
  beforeEach(() => {
    life = new AbortController();
    keepFocus(life.signal);
  });
  afterEach(() => life.abort());

  const place = (html: string) => {
    document.body.innerHTML = html;
  };
  const one = (id: string) => document.getElementById(id)!;
  const press = (id: string, then: () => void) => {
    one(id).focus();
    one(id).addEventListener('click', then);
    one(id).click();
  };
  const focused = async () => {
    await new Promise(resolve => setTimeout(resolve, 60));
    return document.activeElement?.id;
  };
  const made = (html: string) => document.createRange().createContextualFragment(html).firstElementChild!;

  it('goes on at the next in a list that a row went from', async () => {
    place(
      '<ul><li><button id="a"></button></li><li id="row"><button id="b"></button></li><li><a id="c" href="#"></a></li></ul>',
    );
    press('b', () => one('row').remove());
    expect(await focused()).toBe('c');
  });

  it('goes on within what came in its place, before or after the other had gone', async () => {
    for (const before of [true, false]) {
      place(
        '<div id="parent"><form id="form"><button type="button" id="a"></button></form><button id="z"></button></div>',
      );
      const next = made('<div><p>Done.</p><button disabled></button><button id="b"></button></div>');
      press('a', () => {
        const form = one('form');
        if (before) form.before(next);
        form.remove();
        if (!before) one('parent').prepend(next);
      });
      expect(await focused()).toBe('b');
    }
  });

  it('goes on where it also went with all that was around it, some time later', async () => {
    place('<main><section id="s"><div id="d"><button id="a"></button></div></section><button id="z"></button></main>');
    press('a', () => undefined);
    await new Promise(resolve => setTimeout(resolve, 30));
    one('d').remove();
    one('s').remove();
    expect(await focused()).toBe('z');
  });

  it('goes back to the last where nothing follows', async () => {
    place('<main><button id="y"></button><div id="d"><button id="a"></button></div></main>');
    press('a', () => one('d').remove());
    expect(await focused()).toBe('y');
  });

  it('leaves the focus to who has given it elsewhere, and to dialogs', async () => {
    place('<button id="first"></button><div id="d"><button id="a"></button></div><button id="z"></button>');
    press('a', () => {
      one('d').remove();
      requestAnimationFrame(() => one('first').focus());
    });
    expect(await focused()).toBe('first');
    place('<button id="first"></button><dialog id="d" open><button id="a"></button></dialog><button id="z"></button>');
    press('a', () => one('d').remove());
    expect(await focused()).toBe('');
  });

  it('does nothing for what was not pressed, and nothing any more once it ended', async () => {
    place('<button id="a"></button><button id="z"></button>');
    one('a').focus();
    one('a').remove();
    expect(await focused()).toBe('');
    life.abort();
    place('<button id="a"></button><button id="z"></button>');
    press('a', () => one('a').remove());
    expect(await focused()).toBe('');
  });
});
