// Hosts that misbehave, each in one way, with the end a download from it must come to.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { BrowserName } from '../../../harness/browsers/driver';
import type { Host } from '../../../harness/web/site';
import { noiseImage } from '../../../scripts/soak/pictures';
import type { Reason } from '../../../src/contract/job';

export interface Fault {
  /** Also the name of its host, or the whole address where there is none. */
  name: string;
  address?: string;
  answer?: Host;
  end: 'stored' | Reason;
  /** Requests that reach the server for this one address. */
  hits: number;
  /** The server breaks the connection, after which a browser may ask once more by itself: RFC 9110, section 9.2.2. */
  breaks?: true;
  /** The page the image is said to stand on. */
  sourcePage?: string;
  inChromium?: Pick<Fault, 'end' | 'hits'>;
}

/** One attempt and four retries. */
const ALL_ATTEMPTS = 5;
/** A redirect that cannot be followed: tried, looked at, and tried once more. */
const LOST_REDIRECT = 3;
/** An image every host may serve: each host's own, so that none is a duplicate of another's. */
let drawn = 1_000_000;
const SHARED_IMAGE = noiseImage(999_999);
/** Bytes the endless host got rid of. */
export const endless = { sent: 0 };
/** When the throttling host was asked, in ms since the epoch. */
export const throttled: number[] = [];
export const RETRY_AFTER_S = 2;
/** Whether the host that lacked its image has it by now. */
export const missing = { mended: false };
export const PRIVATE_HOST = '10.0.0.7';
export const PRIVATE_HOSTS = [PRIVATE_HOST, 'printer.local'];

export const hostOf = (name: string) => `img.${name}.example`;
const image = () => noiseImage(drawn++);
const send = (body: Buffer | string, type = 'image/jpeg', headers: Record<string, string> = {}): Host => {
  return (_request, _url, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  };
};
const status =
  (code: number): Host =>
  (_request, _url, response) => {
    response.writeHead(code, { 'content-type': 'text/plain' }).end('no');
  };
const redirect =
  (location: string): Host =>
  (_request, _url, response) => {
    response.writeHead(302, { location }).end();
  };

const FAULTS: Fault[] = [
  { name: 'sound', answer: send(image()), end: 'stored', hits: 1 },
  { name: 'unauthorised', answer: status(401), end: 'forbidden', hits: 1 },
  { name: 'forbidden', answer: status(403), end: 'forbidden', hits: 1 },
  { name: 'unlawful', answer: status(451), end: 'forbidden', hits: 1 },
  { name: 'missing', answer: missingUntilMended(image()), end: 'not-found', hits: 1 },
  { name: 'removed', answer: status(410), end: 'gone', hits: 1 },
  { name: 'refusing', answer: status(400), end: 'http-error', hits: 1 },
  { name: 'failing', answer: status(500), end: 'http-error', hits: ALL_ATTEMPTS },
  { name: 'throttling', answer: throttleTwice(image()), end: 'stored', hits: 3 },
  {
    name: 'hotlink',
    answer: onlyFrom('https://gallery.example/page', image()),
    end: 'page-wanted',
    hits: 1,
    sourcePage: 'https://gallery.example/page',
  },
  { name: 'gone-page', answer: status(404), end: 'not-found', hits: 1, sourcePage: 'https://gallery.example/other' },
  { name: 'login', answer: send('<!doctype html><p>Please log in.</p>'), end: 'not-an-image', hits: 1 },
  { name: 'document', answer: send('%PDF-1.7 not a picture'), end: 'not-an-image', hits: 1 },
  { name: 'drawing', answer: send('<svg xmlns="http://www.w3.org/2000/svg"/>'), end: 'type-refused', hits: 1 },
  { name: 'mislabelled', answer: send(image(), 'text/html'), end: 'stored', hits: 1 },
  // As much as is read of a body, all of it what may stand before a drawing.
  { name: 'comments', answer: send('<!---->'.repeat(146)), end: 'not-an-image', hits: 1 },
  { name: 'nothing', answer: send(''), end: 'empty', hits: 1 },
  { name: 'garbage', answer: send(brokenPng()), end: 'undecodable', hits: 1 },
  { name: 'bomb', answer: send(sized(30_000)), end: 'too-many-pixels', hits: 1 },
  { name: 'icon', answer: send(sized(8)), end: 'too-small', hits: 1 },
  { name: 'artist', answer: send(image(), 'image/bmp', { 'x-robots-tag': 'noai' }), end: 'opted-out', hits: 1 },
  { name: 'reset', answer: resetHalfway(image()), end: 'network', hits: ALL_ATTEMPTS, breaks: true },
  { name: 'short', answer: endEarly(image()), end: 'network', hits: ALL_ATTEMPTS, breaks: true },
  { name: 'endless', answer: sendForEver, end: 'too-large', hits: 1 },
  {
    name: 'huge',
    answer: (_request, _url, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': 30 * 1024 ** 2 }).write('x');
    },
    end: 'too-large',
    hits: 1,
  },
  { name: 'moved', answer: redirect('https://img.target.example/'), end: 'stored', hits: 1 },
  {
    name: 'inward',
    answer: redirect(`https://${PRIVATE_HOST}/secret.bmp`),
    end: 'redirect-refused',
    hits: LOST_REDIRECT,
  },
  { name: 'through', answer: redirect(`https://${PRIVATE_HOST}/hop`), end: 'redirect-refused', hits: LOST_REDIRECT },
  {
    name: 'roundabout',
    answer: redirect(`https://${hostOf('gate')}/`),
    end: 'redirect-refused',
    hits: LOST_REDIRECT,
  },
  { name: 'to-name', answer: redirect('https://printer.local/'), end: 'redirect-refused', hits: LOST_REDIRECT },
  // Chromium refuses this one as a broken connection also where nothing is to be followed.
  {
    name: 'todata',
    answer: redirect('data:image/gif;base64,R0lGODlh'),
    end: 'redirect-refused',
    hits: LOST_REDIRECT,
    inChromium: { end: 'network', hits: 2 * ALL_ATTEMPTS },
  },
  { name: 'router', address: 'https://192.168.1.1/cam.jpg', end: 'private-address', hits: 0 },
  { name: 'own-machine', address: 'https://localhost/x.jpg', end: 'private-address', hits: 0 },
  { name: 'octal', address: 'https://0177.0.0.1/x.jpg', end: 'private-address', hits: 0 },
  { name: 'other-port', address: 'https://img.sound.example:8443/x.jpg', end: 'address-refused', hits: 0 },
  { name: 'password', address: 'https://a:b@img.sound.example/x.jpg', end: 'address-refused', hits: 0 },
  { name: 'shared', answer: send(SHARED_IMAGE), end: 'duplicate-of', hits: 1 },
];

export const faultsIn = (browser: BrowserName): Fault[] =>
  FAULTS.map(fault => (browser === 'chromium' ? { ...fault, ...fault.inChromium } : fault));
export const addressOf = ({ name, address }: Fault) => address ?? `https://${hostOf(name)}/picture.jpg`;

/** The hosts above, and those they lead to. */
export function addFaultHosts(hosts: Map<string, Host>): void {
  for (const { name, answer } of FAULTS) if (answer) hosts.set(hostOf(name), answer);
  hosts.set(hostOf('target'), send(image()));
  hosts.set(hostOf('first'), send(SHARED_IMAGE));
  hosts.set(hostOf('gate'), redirect(`https://${PRIVATE_HOST}/hop`));
  const secret = send(image());
  const outward = redirect('https://img.target.example/');
  hosts.set(PRIVATE_HOST, (request, url, response) =>
    (url.pathname === '/hop' ? outward : secret)(request, url, response),
  );
  hosts.set('printer.local', send(image()));
}

/** The page that three images of hosts which refuse strangers without any error status are said to stand on. */
const THREAD = 'https://forum.example/thread';
export const STRANGERS = [
  'https://media.forum.example/1702/1.jpg',
  'https://media.forum.example/1702/2.jpg',
  'https://hot.imagehost.example/1.jpg',
].map(url => ({ url, sourcePage: THREAD }));

/** Hosts that send strangers to an image of their own, or give them a page. */
export function addStrangersHosts(hosts: Map<string, Host>): void {
  const placeholder = send(image());
  const images = new Map(STRANGERS.map(({ url }) => [new URL(url).pathname, send(image())]));
  const own = (refuse: Host): Host => {
    return (request, url, response) =>
      (request.headers.referer === THREAD ? (images.get(url.pathname) ?? refuse) : refuse)(request, url, response);
  };
  const lead = redirect('https://media.forum.example/icons/forum403.png');
  const forum = own(lead);
  hosts.set('media.forum.example', (request, url, response) =>
    (url.pathname.startsWith('/icons/') ? placeholder : forum)(request, url, response),
  );
  hosts.set('hot.imagehost.example', own(send('<!doctype html><h1>No hot links</h1>', 'text/html')));
}

function missingUntilMended(body: Buffer): Host {
  return (_request, _url, response) => {
    if (missing.mended) response.writeHead(200, { 'content-type': 'image/bmp' }).end(body);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('no');
  };
}

function throttleTwice(body: Buffer): Host {
  return (_request, _url, response) => {
    throttled.push(Date.now());
    if (throttled.length <= 2) response.writeHead(429, { 'retry-after': `${RETRY_AFTER_S}` }).end();
    else response.writeHead(200, { 'content-type': 'image/bmp' }).end(body);
  };
}

function onlyFrom(page: string, body: Buffer): Host {
  return (request, _url, response) => {
    if (request.headers.referer === page) response.writeHead(200, { 'content-type': 'image/bmp' }).end(body);
    else response.writeHead(403).end();
  };
}

function resetHalfway(body: Buffer): Host {
  return (_request, _url, response) => {
    response.writeHead(200, { 'content-type': 'image/bmp', 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  };
}

/** Ends the connection in good order before all that was announced is sent. */
function endEarly(body: Buffer): Host {
  return (_request, _url, response) => {
    response.writeHead(200, { 'content-type': 'image/bmp', 'content-length': body.length, connection: 'close' });
    response.write(body.subarray(0, 100), () => response.socket?.end());
  };
}

async function sendForEver(_request: unknown, _url: URL, response: ServerResponse): Promise<void> {
  const chunk = Buffer.alloc(256 * 1024, 1);
  response.writeHead(200, { 'content-type': 'image/jpeg' });
  let open = true;
  const closed = once(response, 'close').then(() => {
    open = false;
  });
  while (open) {
    endless.sent += chunk.length;
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
  }
}

/** A BMP that says it is so many pixels wide and high, and holds few of them. */
function sized(side: number): Buffer {
  const file = Buffer.from(noiseImage(side));
  file.writeInt32LE(side, 18);
  file.writeInt32LE(side, 22);
  return file;
}

/** A PNG with a sound header of 64 × 64 and no pixels that could be read. */
function brokenPng(): Buffer {
  const header = Buffer.from('89504e470d0a1a0a0000000d49484452000000400000004008020000000000000000', 'hex');
  return Buffer.concat([header, Buffer.alloc(500, 0x5a)]);
}
