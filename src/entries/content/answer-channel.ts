// How answers pass from the page's world to the collector's: events on the document, whose name carries a nonce the
// collector chose. Until a collector listens, the latest answers wait here.

const PRESENT = 'gleaner-observer';
const LISTEN = 'gleaner-listen';
const WAITING = { answers: 60, characters: 30_000_000 };
const MAX_ADDRESS = 8192;

/** One answer: the address it came from, and its text. */
export type Forward = (url: string, body: string) => void;

/** An answer as the collector hears it. */
export interface Answer {
  url: string;
  /** Address of the page when the answer arrived: the page may have gone on to another search since. */
  page: string;
  body: string;
}

/** In the page's world: true for the first observer of this document, which from now on answers for all others. */
export function announcePresence(doc: Document): boolean {
  if (!doc.dispatchEvent(new Event(PRESENT, { cancelable: true }))) return false;
  doc.addEventListener(PRESENT, event => event.preventDefault());
  return true;
}

/**
 * In the page's world: sends answers to the collector, or keeps the latest until one listens. `page` gives the page's
 * address; `early` says whether this began before the page's own code.
 */
export function forwardTo(doc: Document, page: () => string, early: boolean): Forward {
  // The page may replace these later; what it sees of its own objects must not decide what is sent.
  const NativeEvent = CustomEvent;
  const dispatch = doc.dispatchEvent.bind(doc);
  let waiting: string[] = [];
  let characters = 0;
  let channel: string | undefined;
  const send = (detail: string): void => {
    dispatch(new NativeEvent(`gleaner-answer-${channel}`, { detail }));
  };
  doc.addEventListener(LISTEN, event => {
    const nonce = (event as CustomEvent<unknown>).detail;
    if (typeof nonce !== 'string' || !/^[0-9a-f-]{36}$/.test(nonce)) return;
    channel = nonce;
    if (early) event.preventDefault();
    for (const detail of waiting) send(detail);
    waiting = [];
    characters = 0;
  });
  return (url, body) => {
    // One string: objects do not cross between worlds in every browser.
    const detail = `${url}\n${page()}\n${body}`;
    if (channel !== undefined) return send(detail);
    waiting.push(detail);
    characters += detail.length;
    while (waiting.length > WAITING.answers || characters > WAITING.characters)
      characters -= waiting.shift()?.length ?? 0;
  };
}

/**
 * In the collector's world: hears answers until the signal aborts. Anything may arrive here; callers bound it. False when
 * the page fetched answers before anybody could keep them.
 */
export function hearAnswers(doc: Document, heard: (answer: Answer) => void, signal: AbortSignal): boolean {
  const nonce = crypto.randomUUID();
  doc.addEventListener(
    `gleaner-answer-${nonce}`,
    event => {
      const detail = (event as CustomEvent<unknown>).detail;
      if (typeof detail !== 'string') return;
      // Looked for in the beginning only: a forged text may be long and hold no line break.
      const [url = '', page = ''] = detail.slice(0, 2 * MAX_ADDRESS + 2).split('\n', 3);
      const head = url.length + page.length + 2;
      if (url === '' || Math.max(url.length, page.length) > MAX_ADDRESS || detail[head - 1] !== '\n') return;
      heard({ url, page, body: detail.slice(head) });
    },
    { signal },
  );
  return !doc.dispatchEvent(new CustomEvent(LISTEN, { detail: nonce, cancelable: true }));
}
