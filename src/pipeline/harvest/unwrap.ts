// Takes the original's address out of an engine's proxy address, as often as proxies are nested.
import { isWebAddress } from '../../contract/candidate';
import { percentDecoded } from '../../formats/percent';

/** Proxies that carry the original in a parameter. */
const PROXIES: { host: RegExp; path: RegExp; parameter: string }[] = [
  { host: /^(?:external-content|proxy|images)\.duckduckgo\.com$/, path: /^\/iu\/?$/, parameter: 'u' },
  { host: /^s\d*\.qwant\.com$/, path: /^\/thumbr\//, parameter: 'u' },
  { host: /(?:^|\.)startpage\.com$/, path: /^\/av\/proxy-image/, parameter: 'piurl' },
  { host: /^search\.pstatic\.net$/, path: /^\/(?:common|sunny)\/?/, parameter: 'src' },
  { host: /^gimg\d*\.baidu\.com$/, path: /^\/image_search\//, parameter: 'src' },
  { host: /(?:^|\.)bing\.com$/, path: /^\/images\/search$/, parameter: 'mediaurl' },
  { host: /(?:^|\.)google\.[a-z]{2,3}(?:\.[a-z]{2})?$/, path: /^\/imgres$/, parameter: 'imgurl' },
  { host: /(?:^|\.)yandex\.[a-z]{2,3}(?:\.[a-z]{2})?$|^ya\.ru$/, path: /^\/images\//, parameter: 'img_url' },
  { host: /^images\.weserv\.nl$|^wsrv\.nl$/, path: /^\//, parameter: 'url' },
];

const MAX_NESTING = 8;

/** The innermost address; the one given when it is no proxy. A proxy whose parameter is no http(s) address stays itself. */
export function unwrap(url: URL): URL {
  let current = url;
  for (let i = 0; i < MAX_NESTING; i++) {
    const inner = unwrapOnce(current);
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}

function unwrapOnce(url: URL): URL | undefined {
  if (url.hostname === 'imgs.search.brave.com') return toHttp(braveOriginal(url.pathname));
  const proxy = PROXIES.find(each => each.host.test(url.hostname) && each.path.test(url.pathname));
  if (proxy === undefined) return undefined;
  // Baidu's parameters stand in the path, behind a comma: /image_search/src=…&refer=…
  const inPath = new RegExp(`[/&,]${proxy.parameter}=([^&]*)`).exec(url.pathname)?.[1];
  return toHttp(url.searchParams.get(proxy.parameter) ?? (inPath === undefined ? undefined : percentDecoded(inPath)));
}

/** Brave puts the original behind its options, as base64url cut by slashes: …/g:ce/aHR0cHM6/Ly9leGFt/… */
function braveOriginal(path: string): string | undefined {
  const start = path.indexOf('/aHR0c');
  if (start === -1) return undefined;
  const base64 = path.slice(start).replace(/\//g, '').replace(/-/g, '+').replace(/_/g, '/');
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), character => character.charCodeAt(0)));
  } catch {
    // Not base64 after all: the address is no wrapped one.
    return undefined;
  }
}

/** Yahoo, Bing and Naver write some addresses without a scheme. */
function toHttp(address: string | null | undefined): URL | undefined {
  if (address === null || address === undefined) return undefined;
  const absolute = address.startsWith('//')
    ? `https:${address}`
    : /^[\w-]+(?:\.[\w-]+)+\//.test(address)
      ? `https://${address}`
      : address;
  return isWebAddress(absolute) ? new URL(absolute) : undefined;
}
