// @vitest-environment jsdom
// A press that began on a button counts, wherever the button is when it ends.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countPresses } from '../../src/entries/parts/press';

let life: AbortController;
let heard: string[];

beforeEach(() => {
  life = new AbortController();
  heard = [];
  document.body.innerHTML =
    '<main><button id="next"><span>Next</span></button><button id="stop">Stop</button><p>words</p></main>';
  for (const button of document.querySelectorAll('button'))
    button.addEventListener('click', () => heard.push(button.id));
  countPresses(life.signal);
});
afterEach(() => life.abort());

const at = (selector: string) => document.querySelector<HTMLElement>(selector)!;

function down(on: string, more: PointerEventInit = {}): void {
  at(on).dispatchEvent(
    new PointerEvent('pointerdown', { bubbles: true, isPrimary: true, clientX: 50, clientY: 50, ...more }),
  );
}

/** As browsers do: on what holds both the place where the press began and the one where it ended. */
function click(on: string, more: MouseEventInit = {}): void {
  at(on).dispatchEvent(
    new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1, clientX: 51, clientY: 50, ...more }),
  );
}

describe('a press', () => {
  it('counts once where the button stayed', () => {
    down('#next span');
    click('#next span');
    expect(heard).toEqual(['next']);
  });

  it('counts for the button it began on when that moved away before it ended', () => {
    down('#next span');
    click('main');
    expect(heard).toEqual(['next']);
    // And for nothing more.
    click('main');
    expect(heard).toEqual(['next']);
  });

  it('is taken back by moving the pointer off the button', () => {
    down('#next');
    click('main', { clientX: 120 });
    expect(heard).toEqual([]);
  });

  it('does not count for a button that is gone or that may no longer be pressed, nor with another button of the mouse', () => {
    down('#next');
    at('#next').remove();
    click('main');
    down('#stop', { button: 2 });
    click('main');
    down('#stop');
    at('#stop').setAttribute('disabled', '');
    click('main');
    expect(heard).toEqual([]);
  });

  it('leaves keys and scripts alone', () => {
    down('#next');
    click('#stop', { detail: 0 });
    expect(heard).toEqual(['stop']);
    down('p');
    click('main');
    expect(heard).toEqual(['stop']);
  });
});
