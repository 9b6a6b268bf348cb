// Addresses that are an engine's small images, never an answer.

/** Host and path of each engine's thumbnails. Paths with "/thumb" on other hosts are often the largest there is. */
const THUMBNAILS: { host: RegExp; path?: RegExp }[] = [
  { host: /^encrypted-[\w-]+\.(?:gstatic|google)\.com$/ },
  { host: /(?:^|\.)gstatic\.com$/, path: /^\/(?:images|licensed-image)\?(?:.*&)?q=tbn|^\/favicon/ },
  { host: /(?:^|[.-])mm\.(?:cn\.)?bing\.net$/ },
  { host: /(?:^|\.)explicit\.bing\.net$/ },
  { host: /(?:^|\.)bing\.com$/, path: /^\/th(?:[/?]|$)/ },
  { host: /(?:^|\.)bing\.net$/, path: /^\/th(?:[/?]|$)/ },
  { host: /^imgs\.search\.brave\.com$/ },
  // What lies under other names is other sites' own (`sites-sizes.ts`).
  { host: /^avatars\.mds\.yandex\.net$/, path: /^\/(?:i\?|get-images-|$)/ },
  { host: /^im\d*-tub(?:-\w+)?\.yandex\.net$/ },
  { host: /^s\d*\.qwant\.com$/ },
  { host: /^img\d*\.baidu\.com$/, path: /^\/it\/u=/ },
  { host: /^search\.pstatic\.net$/ },
  // Square crops. Its widths are copies of the whole image, of which larger ones are known.
  { host: /^i\.pinimg\.com$/, path: /^\/\d{2,3}x\d{2,3}(?:_RS)?\// },
  { host: /^external-content\.duckduckgo\.com$/ },
  { host: /^api\.openverse\.(?:org|engineering)$/, path: /\/thumb\/?(?:\?|$)/ },
  { host: /(?:^|\.)startpage\.com$/, path: /^\/av\/proxy-image/ },
];

/** Whether the address is a search engine's thumbnail. Ask again after every unwrapping. */
export function isThumbnail(url: URL): boolean {
  const path = url.pathname + url.search;
  return THUMBNAILS.some(rule => rule.host.test(url.hostname) && (rule.path?.test(path) ?? true));
}
