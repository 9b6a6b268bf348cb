// Runs beside a page before its own code, or else before the collector does: the first ears of the window, and a channel that
// the observer in the page's world can join while nobody of the page can overhear it.
import { onFirstElement, openChannel } from './answers/answer-channel';
import { ownWorld } from './own-world';
import { Ears } from './pill/ears';
import { plain } from './unclobbered';

const doc = plain(document);
ownWorld.gleanerEarly ??= { ears: new Ears(window), channel: openChannel(doc) };
const { channel } = ownWorld.gleanerEarly;
channel.propose();
if (doc.readyState === 'loading' && doc.body === null) onFirstElement(doc, channel.close);
