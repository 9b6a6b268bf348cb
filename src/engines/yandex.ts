// Yandex Images: JSON in `data-state` (since 2023-11) or `data-bem`, links with `img_url=`, and the answers of the scroll.
import { engine } from './engine';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { decodeEntities } from './scan/html-entities';
import { parseAnswer, stringsIn } from './scan/values';
import { takeItems } from './scan/yandex-items';

const DOMAINS = (
  'yandex.com yandex.com.am yandex.com.ge yandex.com.tr yandex.co.il yandex.az yandex.by yandex.ee yandex.eu yandex.kz ' +
  'yandex.lt yandex.lv yandex.md yandex.ru yandex.tj yandex.tm yandex.uz ya.ru'
).split(' ');

export const yandex = engine({
  id: 'yandex',
  name: 'Yandex Images',
  matches: DOMAINS.flatMap(domain => [`*://${domain}/images/*`, `*://www.${domain}/images/*`]),

  isResultsPage(url) {
    const known = DOMAINS.includes(url.hostname.replace(/^www\./, ''));
    return known && /^\/images\/(?:touch\/)?search\/?$/.test(url.pathname);
  },

  searchUrl: query => `https://yandex.com/images/search?text=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    const positions = new Set<string>();
    for (const element of finds.reading(select(document, '[data-state], [data-bem]', 10_000))) {
      yield;
      const json = attribute(element, 'data-state') ?? attribute(element, 'data-bem') ?? '';
      if (holdsItems(json)) takeItems(parseAnswer(json), finds, positions);
    }
    // What came by scrolling is in no attribute, but its tiles link to the viewer.
    for (const link of finds.reading(select(document, 'a[href*="img_url="]'))) {
      yield;
      takeLink(attribute(link, 'href') ?? '', url, finds, positions);
    }
    return finds.found();
  },

  records(body, _requestUrl, pageUrl) {
    const finds = new Finds();
    const positions = new Set<string>();
    const answer = parseAnswer(body);
    takeItems(answer, finds, positions);
    for (const html of stringsIn(answer)) {
      if (!html.includes('<')) continue;
      for (const match of html.matchAll(/data-(?:bem|state)=(?:"([^"]*)"|'([^']*)')/g)) {
        const json = decodeEntities(match[1] ?? match[2] ?? '');
        if (holdsItems(json)) takeItems(parseAnswer(json), finds, positions);
      }
      for (const [, href = ''] of html.matchAll(/href=["']([^"']{1,18000})["']/g)) {
        if (href.includes('img_url=')) takeLink(decodeEntities(href), pageUrl, finds, positions);
      }
    }
    return finds.found();
  },
});

function holdsItems(json: string): boolean {
  return json.length < 5_000_000 && /"(?:origUrl|img_href)"/.test(json);
}

/** Takes `img_url` of a link to the viewer, unless its place in the grid was read from JSON: the two can name different copies. */
function takeLink(href: string, base: URL, finds: Finds, positions: Set<string>): void {
  if (!URL.canParse(href, base.href)) return;
  const { searchParams } = new URL(href, base.href);
  const position = searchParams.get('pos');
  if (position !== null && positions.has(position)) return;
  if (position !== null) positions.add(position);
  finds.addTile(searchParams.get('img_url'));
}
