// Bing Images: the `m` attribute of every tile's anchor is JSON with the full-size address (not JSON before 2017).
import { engine } from './engine';
import { attribute, closest, select, selectOne, text } from './scan/dom';
import { Finds } from './scan/finds';
import { sizeInText } from './scan/size-in-text';
import { parseAnswer, shape } from './scan/values';

/** The parts of the page that hold results; the web tab links to single images in the same way. */
const TILE = '.iusc, .iuscp, .imgpt, .dg_u, .dgControl_list';

export const bing = engine({
  id: 'bing',
  name: 'Bing Images',
  matches: ['*://*.bing.com/images/*', '*://bing.com/images/*'],

  isResultsPage(url) {
    return (
      /^(?:(?:www|www2|www4|cn)\.)?bing\.com$/.test(url.hostname) &&
      /^\/images\/(?:search|feed|async)$/.test(url.pathname)
    );
  },

  searchUrl: query => `https://www.bing.com/images/search?q=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    const ids = new Set<string>();
    for (const anchor of finds.reading(select(document, 'a[m]'))) {
      yield;
      const m = shape(parseAnswer(attribute(anchor, 'm') ?? ''));
      const link = linkParameters(anchor, url);
      const id = typeof m.mid === 'string' ? m.mid : link.get('id');
      if (id !== null) ids.add(id);
      finds.addTile(m.murl ?? m.imgurl ?? link.get('mediaurl'), {
        ...sizeOf(anchor, link),
        title: m.t ?? attribute(anchor, 't1'),
        sourcePage: m.purl ?? m.surl,
        thumbnail: m.turl,
      });
    }
    // The title below a tile and the opened viewer link to the same address; only those of no tile seen are new.
    for (const anchor of finds.reading(select(document, 'a[href*="mediaurl="]:not([m])'))) {
      yield;
      if (closest(anchor, TILE) === null) continue;
      const link = linkParameters(anchor, url);
      const id = link.get('id');
      if (id !== null && ids.has(id)) continue;
      if (id !== null) ids.add(id);
      finds.addTile(link.get('mediaurl'), sizeOf(anchor, link));
    }
    return finds.found();
  },
});

function linkParameters(anchor: Element, base: URL): URLSearchParams {
  const href = attribute(anchor, 'href') ?? '';
  return URL.canParse(href, base.href) ? new URL(href, base.href).searchParams : new URLSearchParams();
}

/** The original's size: in the link (`expw`, `exph`), else in the words below the tile or in `t2` of the old layout. */
function sizeOf(anchor: Element, link: URLSearchParams): { width?: unknown; height?: unknown } {
  if (link.has('expw') && link.has('exph')) return { width: link.get('expw'), height: link.get('exph') };
  const old = attribute(anchor, 't2');
  if (old !== null) return sizeInText(old);
  const tile = closest(anchor, '.iuscp, li');
  return sizeInText(text(tile === null ? null : selectOne(tile, '.img_info .nowrap')));
}
