// @vitest-environment jsdom
// "Load more" ends at the target, at the end of the results, or when it is stopped.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadMore, moreButton } from '../../src/entries/content/reading/load-more';

/** jsdom lays nothing out: an element is shown here unless it says `hidden`. */
Element.prototype.getClientRects = function (this: Element) {
  return { length: this.hasAttribute('hidden') ? 0 : 1 } as DOMRectList;
};
document.elementFromPoint = () => null;
window.scrollTo = () => undefined;
window.scrollBy = () => undefined;

const never = new AbortController().signal;
const noWait = async (_ms: number, signal: AbortSignal) => signal.throwIfAborted();

describe('load more', () => {
  beforeEach(() => document.body.replaceChildren());

  it('presses the button of the page until the target', async () => {
    let found = 20;
    const button = document.body.appendChild(document.createElement('input'));
    button.type = 'button';
    button.value = 'Show more results';
    button.addEventListener('click', () => {
      found += 25;
    });
    const count = () => found;
    const end = await loadMore({ doc: document, found: count, grown: count, target: 100, signal: never, wait: noWait });
    expect([end, found]).toEqual(['target', 120]);
  });

  it('believes the end after four rounds without growth, counting tiles without addresses as growth', async () => {
    const grown = [1, 2, 3, 3, 3, 4, 4, 4, 4, 4];
    let round = 0;
    const options = {
      doc: document,
      found: () => 0,
      grown: () => grown[round++] ?? 4,
      target: 100,
      signal: never,
      wait: noWait,
    };
    expect(await loadMore(options)).toBe('end');
    expect(round).toBe(10);
  });

  it('stops with the signal', async () => {
    const stop = new AbortController();
    const running = loadMore({ doc: document, found: () => 0, grown: () => 0, target: 9, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });

  it('stops with a signal that aborts in the very moment before it waits', async () => {
    const stop = new AbortController();
    const grown = vi.fn(() => 0);
    const button = document.body.appendChild(document.createElement('button'));
    button.textContent = 'Load more';
    button.addEventListener('click', () => stop.abort(new Error('stopped')));
    await expect(loadMore({ doc: document, found: () => 0, grown, target: 9, signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
    expect(grown, 'nothing is read any more').toHaveBeenCalledTimes(1);
  });

  it.each([
    'Show more results',
    'See more images',
    'Mehr anzeigen',
    'Weitere Ergebnisse',
    'Показать ещё',
    'もっと見る',
    'Load more',
  ])('knows %j', words => {
    const button = document.body.appendChild(document.createElement('button'));
    button.textContent = words;
    expect(moreButton(document)).toBe(button);
  });

  it('leaves links that lead away, hidden buttons and other words alone', () => {
    document.body.innerHTML = `<a href="/more">See more images</a><button hidden>Load more</button><button>More</button>
      <button>Show more information about this result and its licence, which is long</button><button>Nothing more to show</button>`;
    expect(moreButton(document)).toBeNull();
  });
});
