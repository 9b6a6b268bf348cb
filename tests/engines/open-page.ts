// A page's HTML as a document, without running its scripts.
import { JSDOM, VirtualConsole } from 'jsdom';

/** Style sheets that jsdom cannot parse are the page's business; the console stays quiet. */
export function openPage(html: string, url: URL): Document {
  return new JSDOM(html, { url: url.href, virtualConsole: new VirtualConsole() }).window.document;
}
