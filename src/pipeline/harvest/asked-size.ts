// The size an address asks its host for, and the address without it.

/** From this width on, in pixels, an image is left as it is: it is large enough, and every guess costs its host a request. */
export const LARGE = 1200;

/** Parameters by which resizing hosts are told a size. */
const RESIZING = ['w', 'h', 'width', 'height', 'resize', 'fit', 'crop', 'zoom'];

/** An address on the same host. */
export function within(url: URL): (path: string, search?: string) => string {
  return (path, search = '') => `${url.origin}${path}${search}`;
}

/** The largest number of pixels the letters name, such as 218 of "AC_US218"; 0 when they name none. */
export function widthIn(letters: string): number {
  return Math.max(0, ...(letters.match(/\d{2,5}/g) ?? []).map(Number));
}

/** Whether the address asks for a size that is not large. */
export function asksForLess(url: URL): boolean {
  const asked = RESIZING.filter(name => url.searchParams.has(name));
  return asked.length > 0 && asked.every(name => widthIn(url.searchParams.get(name) ?? '') < LARGE);
}

/** The query without what asks for a size, and as it was where nothing did. */
export function withoutSize(url: URL): string {
  if (!RESIZING.some(name => url.searchParams.has(name))) return url.search;
  const bare = new URL(url);
  for (const name of RESIZING) bare.searchParams.delete(name);
  return bare.search;
}

/** The address without what asks for a size, where that is not large; none otherwise. */
export function withoutResizing(url: URL): string[] {
  return asksForLess(url) ? [within(url)(url.pathname, withoutSize(url))] : [];
}
