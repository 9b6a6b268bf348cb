// "Load more": scrolls as a person would and presses the page's own button, until there is enough or nothing more comes.

import { delay } from '../../../edges/delay';
import { parentOf } from '../unclobbered';

/** Rounds without growth after which the end is believed. */
const IDLE_ROUNDS = 4;
const ROUND_MS = 900;
/** The words of such buttons in the languages of the engines' largest audiences. */
const MORE_WORDS =
  /^(?:show|see|load|view)\s+more\b|^more\s+(?:results|images|photos)\b|^(?:mehr|weitere)\s+(?:\S+\s+)?(?:anzeigen|laden|ergebnisse|bilder)|^(?:afficher|voir)\s+plus|^plus\s+de\s+r|^(?:mostrar|ver|cargar)\s+(?:más|mais|more)|^mostra\s+altr|^pokaż\s+więcej|^показать\s+(?:ещ[её]|больше)|^ещ[её]\b|^もっと|^更多|^查看更多|^더\s?보기/iu;

interface Loading {
  doc: Document;
  /** Full-size addresses found so far. */
  found: () => number;
  /** Grows with anything that shows that results arrived, addresses or not. */
  grown: () => number;
  target: number;
  signal: AbortSignal;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Resolves with why it ended; rejects only with the signal's reason. */
export async function loadMore(loading: Loading): Promise<'target' | 'end'> {
  const { doc, found, grown, target, signal, wait = delay } = loading;
  let idle = 0;
  let before = grown();
  while (found() < target && idle < IDLE_ROUNDS) {
    signal.throwIfAborted();
    scrollOn(doc);
    moreButton(doc)?.click();
    await wait(ROUND_MS * (1 + idle), signal);
    const now = grown();
    idle = now > before ? 0 : idle + 1;
    before = now;
  }
  return found() >= target ? 'target' : 'end';
}

/** A button known by its words. Links that lead away are none: pressing one would leave the results. */
export function moreButton(doc: Document): HTMLElement | null {
  const all = doc.querySelectorAll<HTMLElement>(
    'button, input[type="button"], [role="button"], a[href^="#"], a:not([href])',
  );
  // From the end: such a button stands below the results, and menus with like words above them.
  for (let i = all.length - 1, tries = 0; i >= 0 && tries < 2000; i--, tries++) {
    const element = all[i];
    if (!element) continue;
    const words = element.getAttribute('value') ?? element.textContent ?? '';
    if (words.length < 60 && MORE_WORDS.test(words.trim()) && isShown(element)) return element;
  }
  return null;
}

/** Scrolls the document, and the box around the middle of the window when it is that box which scrolls. */
function scrollOn(doc: Document): void {
  const page = doc.scrollingElement ?? doc.documentElement;
  const window = doc.defaultView;
  if (window === null) return;
  const bottom = page.scrollHeight - window.innerHeight;
  // Already at the end: a short way back makes pages that watch for scrolling look again.
  if (page.scrollTop >= bottom - 2 && bottom > 0) window.scrollBy({ top: -200, behavior: 'instant' });
  window.scrollTo({ top: page.scrollHeight, behavior: 'instant' });
  let box = doc.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  for (; box !== null && box !== page; box = parentOf(box)) {
    if (box.scrollHeight > box.clientHeight + 50 && /auto|scroll/.test(window.getComputedStyle(box).overflowY)) {
      box.scrollTop = box.scrollHeight;
    }
  }
}

function isShown(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}
