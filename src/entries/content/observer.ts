// Runs in the page's own world: lets the collector read the answers the page itself fetches, and changes nothing else.
// Whatever it passes on can be forged by the page, so it only ever suggests addresses, like any text of the page.
import { announcePresence, forwardTo } from './answer-channel';
import { observeFetch, observeXhr } from './observe-answers';
import { plain } from './unclobbered';

const doc = plain(document);

// A second injection finds the first one's ear and leaves.
if (announcePresence(doc)) {
  // Registered, it runs before the document has anything; injected on a click, it comes when the results are there.
  const early = doc.readyState === 'loading' && doc.body === null;
  const forward = forwardTo(doc, () => doc.URL, early);
  observeFetch(window, forward);
  observeXhr(window, forward);
}
