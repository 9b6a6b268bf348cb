// Results as nobody's search has them, which a page forges to reach the side panel: by words, by small images, by numbers.
import { TRACKER } from './armed-page';

/** Of the tiles, how many have an address that may be downloaded; each once, whatever the page repeats. */
export const USABLE = 5;
/** Small images of the tiles that are images. */
export const SHOWN = 1;
/** What each refused tile is refused for. */
export const REFUSED = { 'not-http': 1, 'bad-address': 2, 'too-long': 1 };

const image = (name: string) => `https://images.lantern.example/forged/${name}.jpg`;
const small = (name: string) => `https://${TRACKER}/${name}`;

const TILES: { murl: string; t: string; turl: string }[] = [
  // Markup and scripts in place of words, and of a small image.
  { murl: image('markup'), t: `<img src=x onerror="ran = 1"><script>ran = 1</script>`, turl: 'javascript:ran=1' },
  // One word that is wider than any panel, written from right to left.
  { murl: image('wide'), t: `\u202e${'w'.repeat(50_000)}`, turl: small('svg') },
  { murl: image('huge'), t: 'Take 0 finds', turl: small('huge') },
  { murl: image('page'), t: 'a page', turl: small('page') },
  { murl: image('fair'), t: 'fair', turl: small('fair') },
  { murl: 'file:///etc/passwd', t: 'a file', turl: small('fair') },
  { murl: 'javascript:ran=1', t: 'a script', turl: small('fair') },
  { murl: 'https://user:secret@images.lantern.example/forged/credentials.jpg', t: 'credentials', turl: small('fair') },
  { murl: `${image('long')}?${'x'.repeat(1_000_000)}`, t: 'long', turl: small('fair') },
  ...Array.from({ length: 300 }, () => ({ murl: image('fair'), t: 'again', turl: small('fair') })),
];

const attribute = (value: object) => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @param root  of the extension, whose panel the page would like to have in a frame of its own */
export function forgedPage(root: string): string {
  const tiles = TILES.map(tile => `<div class="imgpt"><a class="iusc" m="${attribute(tile)}">tile</a></div>`);
  return `<!doctype html><meta charset=utf-8><title>forged</title><link rel="icon" href="data:,">${tiles.join('')}
<iframe src="${root}src/entries/side-panel/side-panel.html"></iframe><iframe src="https://www.bing.com/images/search?q=framed"></iframe>
<script>
  // Presses and messages as scripts can make them.
  function press() {
    for (const name of ['takeFinds', 'startHarvest', 'sendCandidates', 'undoHarvest', 'deleteEverything'])
      for (const one of [window, ...Array.from(frames)]) one.postMessage({ gleaner: name, args: {} }, '*');
    for (const one of document.documentElement.children)
      for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        one.dispatchEvent(new MouseEvent(kind, { bubbles: true, composed: true, clientX: innerWidth - 150, clientY: innerHeight - 20 }));
    for (const key of ['Enter', ' ', 'Escape']) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    try { chrome.runtime.sendMessage({ gleaner: 'takeFinds', args: {} }); } catch {}
  }
</script>`;
}

/** What the tiles' small images are: only one of them is an image that may be shown. */
export function smallImage(path: string, fair: Buffer): { type: string; body: Buffer | string } | undefined {
  if (path === '/fair') return { type: 'image/png', body: fair };
  if (path === '/svg')
    return { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"><script>ran = 1</script></svg>' };
  if (path === '/huge') return { type: 'image/png', body: Buffer.concat([fair, Buffer.alloc(5_000_000)]) };
  if (path === '/page') return { type: 'image/png', body: '<!doctype html><script>ran = 1</script>' };
  return undefined;
}
