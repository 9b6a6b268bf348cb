// One result of Yandex in its two shapes: `origUrl` (since 2023-11) and `img_href` (before), each with larger copies.
import type { Finds } from './finds';
import { isString, objectsIn, type Shape, shape, toKey, toNumber } from './values';

/** Copies elsewhere that are tried when the image itself is gone. */
const MOST_COPIES = 3;

interface Copy {
  url: string;
  width: number;
  height: number;
}

/** Takes every result of the value, with the position each has in the grid so that links to it are not read again. */
export function takeItems(value: unknown, finds: Finds, positions: Set<string>): void {
  for (const item of objectsIn(value)) {
    const address = item.origUrl ?? item.img_href;
    // An entity without an address is a tile all the same when it has an image and a place.
    if (!isString(address) && !(isString(item.image) && item.pos !== undefined && 'viewerData' in item)) continue;
    if (item.pos !== undefined) positions.add(toKey(item.pos));
    const copies = copiesOf(item);
    const own = copies.find(copy => copy.url === address);
    const width = toNumber(item.origWidth ?? own?.width ?? 0);
    const height = toNumber(item.origHeight ?? own?.height ?? 0);
    // Without the address's own size a copy cannot be called larger.
    const larger = width * height > 0 ? copies.find(copy => copy.width * copy.height > width * height) : undefined;
    const snippet = shape(item.snippet);
    finds.addTile(larger?.url ?? address ?? copies[0]?.url, {
      alternatives: [address, ...copies.slice(0, MOST_COPIES).map(copy => copy.url)],
      width: larger?.width ?? width,
      height: larger?.height ?? height,
      title: snippet.title ?? item.alt,
      sourcePage: snippet.url,
      thumbnail: item.image ?? shape(item.thumb).url,
    });
  }
}

/** Copies of the image elsewhere, largest first, without Yandex's own previews. */
function copiesOf(item: Shape): Copy[] {
  const viewer = shape(item.viewerData);
  const lists = [item.dups, item.preview, viewer.dups, viewer.preview];
  const copies = lists
    .flatMap(list => (Array.isArray(list) ? list.slice(0, 100) : []))
    .flatMap(entry => [shape(entry), shape(shape(entry).origin)])
    .map(entry => ({ url: entry.url, width: toNumber(entry.w ?? 0), height: toNumber(entry.h ?? 0) }))
    .filter((copy): copy is Copy => isString(copy.url) && /^(?:https?:)?\/\//.test(copy.url))
    .filter(copy => !/^(?:https?:)?\/\/[\w.-]*\.yandex\.(?:net|ru)\//.test(copy.url));
  return copies.sort((a, b) => b.width * b.height - a.width * a.height);
}
