// @vitest-environment jsdom
// A press counts when the control was to be seen, stood still, and is what the panel made.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PressGuard } from '../../src/entries/content/pill/press-guard';
import { Stand } from '../../src/entries/content/pill/stand';

/** jsdom lays nothing out: this is where things are. */
const box = { left: 728, top: 500, right: 1008, bottom: 752, width: 280, height: 252 };
let over: Element | null;
let sees: ((entries: { isVisible?: boolean | null }[]) => void) | undefined;
Element.prototype.checkVisibility = () => true;
Element.prototype.getBoundingClientRect = () => box as DOMRect;
document.elementFromPoint = () => over;
document.elementsFromPoint = () => (over ? [over] : []);
ShadowRoot.prototype.elementFromPoint = function () {
  return this.querySelector('button');
};
ShadowRoot.prototype.getAnimations = () => [];
Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', { get: () => [], configurable: true });
const rules = [{ cssText: 'b { color: red }' }];
Object.defineProperty(ShadowRoot.prototype, 'styleSheets', { get: () => [{ cssRules: rules }] });
const { matches } = Element.prototype;
Object.defineProperty(Element.prototype, 'matches', {
  value(this: Element, selector: string) {
    if (selector === ':popover-open') return this.hasAttribute('open');
    return !selector.includes(':modal') && matches.call(this, selector);
  },
});
Object.assign(HTMLElement.prototype, {
  showPopover(this: Element) {
    this.setAttribute('open', '');
  },
  hidePopover(this: Element) {
    this.removeAttribute('open');
  },
});
vi.stubGlobal(
  'IntersectionObserver',
  class {
    constructor(see: typeof sees) {
      sees = see;
    }
    observe() {}
    disconnect() {}
  },
);

const click = (detail = 1) => new MouseEvent('click', { clientX: 800, clientY: 600, detail });

describe('the guard of presses', () => {
  let host: HTMLElement;
  let root: ShadowRoot;
  let button: HTMLButtonElement;
  let stand: Stand;
  let guard: PressGuard;

  beforeEach(() => {
    vi.useFakeTimers();
    host = document.createElement('div');
    root = host.attachShadow({ mode: 'closed' });
    root.innerHTML = '<button>Undo</button>';
    button = root.querySelector('button') as HTMLButtonElement;
    over = host;
    stand = new Stand(document, host, () => guard?.moved());
    stand.attach();
    guard = new PressGuard(document, host, root, stand, () => [button]);
    vi.advanceTimersByTime(1000);
  });
  afterEach(() => {
    guard.end();
    stand.detach();
    vi.useRealTimers();
    Object.assign(box, { left: 728, right: 1008, bottom: 752, width: 280 });
    document.documentElement.removeAttribute('style');
    rules.length = 1;
  });

  it('lets a press on a panel that stood still pass', () => {
    expect(guard.refuses(button, click())).toBeUndefined();
    expect(guard.refuses(button, click(0))).toBeUndefined();
  });

  it('refuses what has just moved, until it has stood for half a second', () => {
    Object.assign(box, { left: 690, right: 1006 });
    expect(guard.refuses(button, click())).toBe('moved');
    vi.advanceTimersByTime(300);
    expect(guard.refuses(button, click())).toBe('moved');
    vi.advanceTimersByTime(600);
    expect(guard.refuses(button, click())).toBeUndefined();
    // The keyboard has its focus, wherever the panel is.
    Object.assign(box, { left: 688, right: 1008 });
    expect(guard.refuses(button, click(0))).toBeUndefined();
  });

  it('refuses what something lies over, by the pointer, by the browser’s word, or by what is raised', () => {
    over = document.body;
    expect(guard.refuses(button, click())).toBe('covered');
    over = host;
    sees?.([{ isVisible: false }]);
    expect(guard.refuses(button, click())).toBe('covered');
    sees?.([{ isVisible: true }]);
    expect(guard.refuses(button, click())).toBeUndefined();
  });

  it.each([
    ['elsewhere', { left: 100, right: 420 }],
    ['tiny', { width: 32 }],
    ['huge', { width: 3200 }],
    ['up', { bottom: 300 }],
  ])('refuses a panel that is %s, by keyboard too', (_where, change) => {
    Object.assign(box, change);
    expect(guard.refuses(button, click())).toBe('covered');
    expect(guard.refuses(button, click(0))).toBe('covered');
  });

  it('refuses in a page that hides itself, when the panel is not above it', () => {
    document.documentElement.style.opacity = '0.01';
    expect(guard.refuses(button, click())).toBeUndefined();
    host.removeAttribute('open');
    expect(guard.refuses(button, click())).toBe('covered');
  });

  it('refuses what was put elsewhere, and puts it back at once, but not for ever', async () => {
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(host);
    expect(guard.refuses(button, click())).toBe('moved');
    await vi.advanceTimersByTimeAsync(0);
    expect(host.parentNode).toBe(document.documentElement);
    expect(guard.refuses(button, click())).toBe('moved');
    let thrown = 0;
    const thrower = new MutationObserver(() => {
      if (!host.isConnected || ++thrown > 1000) return;
      host.remove();
    });
    thrower.observe(document.documentElement, { childList: true });
    host.remove();
    await vi.advanceTimersByTimeAsync(1000);
    thrower.disconnect();
    expect(thrown).toBeLessThan(30);
    await vi.advanceTimersByTimeAsync(11_000);
    stand.attach();
    expect(host.parentNode).toBe(document.documentElement);
  });

  it.each([
    ['words', () => (button.textContent = 'Win')],
    ['looks', () => (button.style.position = 'fixed')],
    ['rules', () => rules.push({ cssText: 'button { opacity: 0 }' })],
    ['elements', () => root.append(document.createElement('div'))],
    ['keys', () => (button.accessKey = 'x')],
  ])('refuses for good what changed in its %s, but not what the panel itself changes', (_what, change) => {
    guard.own(() => button.classList.add('own'));
    expect(guard.refuses(button, click())).toBeUndefined();
    change();
    expect(guard.refuses(button, click())).toBe('changed');
    guard.own(() => undefined);
    expect(guard.refuses(button, click(0))).toBe('changed');
  });
});
