// Runs in the page's own world: lets the collector read the answers the page itself fetches, and changes nothing else.
// Whatever it passes on can be forged by the page, so it only ever suggests addresses, like any text of the page.
import { forwardTo, joinChannel } from './answers/answer-channel';
import { hideTexts } from './answers/native-looks';
import { observeFetch, observeXhr } from './answers/observe-answers';
import { plain } from './unclobbered';

const doc = plain(document);
// Registered, it runs before the document has anything; injected on a click, it comes when the results are there.
const early = doc.readyState === 'loading' && doc.body === null;
joinChannel(doc, early, nonce => {
  const address = Object.getOwnPropertyDescriptor(Document.prototype, 'URL')?.get as () => string;
  const forward = forwardTo(doc, nonce, address.bind(document), early);
  observeFetch(window, forward);
  observeXhr(window, forward);
  hideTexts(window);
});
