// How answers pass from the page's world to the collector's: events on the document whose name is a nonce. The two scripts
// agree on it before the page's own code runs, or else on the user's click; no name that can be guessed ever answers. Until
// a collector listens, the latest answers wait in the page's world.
import { MAX_ADDRESS_LENGTH } from '../../../contract/candidate';

/** Spoken once, while nobody of the page can hear it. */
const ASK = 'gleaner-ask';
const PROPOSAL = 'gleaner-proposal';
const WAITING = { answers: 60, characters: 5_000_000 };
/** Results name addresses, escaped in any of the ways engines do; most other answers of a page name none. */
const ADDRESS = /https?(?::|\\+u003a|%3a|\\+x3a)/i;

/** One answer: the address it came from, and its text. */
export type Forward = (url: string, body: string) => void;

/** An answer as the collector hears it. */
export interface SiteAnswer {
  url: string;
  /** Address of the page when the answer arrived: the page may have gone on to another search since. */
  page: string;
  body: string;
}

/** In the collector's world: the nonce, and the proposal of it to the observer. */
export interface Channel {
  nonce: string;
  /** Proposes it to an observer that is there or is put in before the collector begins; not again once one took it. */
  propose(): void;
  /** Proposes it no more. */
  close(): void;
}

/** In the collector's world. */
export function openChannel(doc: Document): Channel {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
  let taken = false;
  const propose = (): void => {
    taken ||= !doc.dispatchEvent(new CustomEvent(PROPOSAL, { detail: nonce, cancelable: true }));
    if (taken) close();
  };
  const close = (): void => doc.removeEventListener(ASK, propose);
  return {
    nonce,
    propose() {
      if (taken) return;
      doc.addEventListener(ASK, propose);
      propose();
    },
    close,
  };
}

/**
 * In the page's world: takes the nonce that is proposed now, or, while the document is still empty, before its first element.
 * A second observer is proposed none and does nothing.
 */
export function joinChannel(doc: Document, early: boolean, join: (nonce: string) => void): void {
  const leave = (): void => doc.removeEventListener(PROPOSAL, take);
  const take = (event: Event): void => {
    const nonce = (event as CustomEvent<unknown>).detail;
    if (typeof nonce !== 'string' || !/^[0-9a-f]{32}$/.test(nonce)) return;
    leave();
    event.preventDefault();
    join(nonce);
  };
  doc.addEventListener(PROPOSAL, take);
  doc.dispatchEvent(new Event(ASK));
  if (early) onFirstElement(doc, leave);
  else leave();
}

/** Before a script of the page can run, there is an element for it. */
export function onFirstElement(doc: Document, then: () => void): void {
  const watch = new MutationObserver(() => {
    if (doc.documentElement?.firstChild == null) return;
    watch.disconnect();
    then();
  });
  watch.observe(document, { childList: true, subtree: true });
}

/**
 * In the page's world: sends answers to the collector, or keeps the latest that may hold results until one listens. `page`
 * gives the page's address; `early` says whether this began before the page's own code.
 */
export function forwardTo(doc: Document, nonce: string, page: () => string, early: boolean): Forward {
  // The page may replace these later; what it sees of its own objects must not decide what is sent.
  const NativeEvent = CustomEvent;
  const dispatch = doc.dispatchEvent.bind(doc);
  const { apply } = Reflect;
  const { exec } = RegExp.prototype;
  const { shift, push } = Array.prototype;
  let waiting: string[] | undefined = [];
  let characters = 0;
  const send = (detail: string): void => {
    dispatch(new NativeEvent(`${nonce}!`, { detail }));
  };
  doc.addEventListener(`${nonce}?`, event => {
    if (early) event.preventDefault();
    const kept = waiting ?? [];
    waiting = undefined;
    for (let i = 0; i < kept.length; i++) send(kept[i] as string);
  });
  return (url, body) => {
    if (apply(exec, ADDRESS, [body]) === null) return;
    // One string: objects do not cross between worlds in every browser.
    const detail = `${url}\n${page()}\n${body}`;
    if (waiting === undefined) return send(detail);
    apply(push, waiting, [detail]);
    characters += detail.length;
    while (waiting.length > WAITING.answers || characters > WAITING.characters)
      characters -= (apply(shift, waiting, []) as string | undefined)?.length ?? 0;
  };
}

/**
 * In the collector's world: hears answers until the signal aborts. Anything may arrive here; callers bound it. False when
 * the page fetched answers before anybody could keep them.
 */
export function hearAnswers(
  doc: Document,
  nonce: string,
  heard: (answer: SiteAnswer) => void,
  signal: AbortSignal,
): boolean {
  doc.addEventListener(
    `${nonce}!`,
    event => {
      const detail = (event as CustomEvent<unknown>).detail;
      if (typeof detail !== 'string') return;
      // Looked for in the beginning only: a forged text may be long and hold no line break.
      const [url = '', page = ''] = detail.slice(0, 2 * MAX_ADDRESS_LENGTH + 2).split('\n', 3);
      const head = url.length + page.length + 2;
      if (url === '' || Math.max(url.length, page.length) > MAX_ADDRESS_LENGTH || detail[head - 1] !== '\n') return;
      heard({ url, page, body: detail.slice(head) });
    },
    { signal },
  );
  return !doc.dispatchEvent(new CustomEvent(`${nonce}?`, { cancelable: true }));
}
