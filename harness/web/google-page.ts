// The demo's Google Images: tiles that carry only an id, and the full-size addresses in an inline script's records.
// What comes by scrolling has its records in the page's own answers and nowhere in the document.
import { type EngineMarkup, escapeHtml, INFINITE_SCROLL, type Result, searchPage } from './results-page';

/** As many as the real page holds before it asks for more. */
const FIRST_PAGE = 100;
const NEXT_PAGES = 50;

export const googlePage = (firstPage = FIRST_PAGE, nextPages = NEXT_PAGES): EngineMarkup => ({
  searchHost: 'www.google.com',
  thumbnailHost: 'encrypted-tbn0.gstatic.com',
  thumbnail: id => `https://encrypted-tbn0.gstatic.com/images?q=tbn:OIP.${id}&s=10`,
  searchAddress: query => `https://www.google.com/search?q=${encodeURIComponent(query)}&udm=2`,
  queryOfPage(url) {
    const isPage = url.pathname === '/search' && !url.searchParams.has('asearch');
    return isPage ? (url.searchParams.get('q') ?? '') : undefined;
  },

  page: (query, results, links) =>
    searchPage({
      title: `${query} - Google Search`,
      query,
      fields: { udm: '2' },
      action: '/search',
      links,
      results: `<div id="rso" class="tiles">${tiles(results.slice(0, firstPage))}</div>`,
      script: `(function(){google=window.google||{};google.pmc=${records(results.slice(0, firstPage))};})();
let start = ${firstPage};
async function more() {
  if (start >= ${results.length}) return false;
  const answer = await fetch('/search?q=${encodeURIComponent(query)}&udm=2&asearch=arc&start=' + start + '&async=arc_id:srp_' + start + ',_fmt:pc');
  const [html] = JSON.parse((await answer.text()).slice(5));
  document.getElementById('rso').insertAdjacentHTML('beforeend', html);
  start += ${nextPages};
  return true;
}${INFINITE_SCROLL}`,
    }),

  more(url, resultsOf) {
    if (url.pathname !== '/search' || url.searchParams.get('asearch') !== 'arc') return undefined;
    const start = Number(url.searchParams.get('start'));
    const results = resultsOf(url.searchParams.get('q') ?? '').slice(start, start + nextPages);
    const body = `)]}'\n${JSON.stringify([tiles(results), records(results)])}`;
    return { type: 'application/json; charset=utf-8', body };
  },
});

function tiles(results: Result[]): string {
  return results
    .map(
      result => `<div class="ivg-i tile" jsname="dTDiAc" data-attrid="images universal" data-docid="${result.id}" data-lpage="${escapeHtml(result.sourcePage)}" data-ref-docid="${result.id}R">
<h3><a role="button" tabindex="0"><img alt="" src="${escapeHtml(result.thumbnail)}"></a></h3><span>${escapeHtml(result.title)}</span></div>`,
    )
    .join('');
}

/** The records in the shape that has not changed since 2020: "id",["thumbnail",height,width],["full size",height,width]. */
function records(results: Result[]): string {
  const all = Object.fromEntries(
    results.map((result, i) => [
      `b-${result.id.slice(0, 6)}_${i}`,
      [
        1,
        [
          0,
          result.id,
          [result.thumbnail, 180, 180],
          [result.address, result.height, result.width],
          null,
          0,
          'rgb(96,104,112)',
          null,
          0,
          {
            2000: [null, new URL(result.sourcePage).hostname, '0.1MB'],
            2003: [
              null,
              `${result.id}R`,
              result.sourcePage,
              result.title,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              'demo',
            ],
            2008: [null, result.title],
          },
        ],
      ],
    ]),
  );
  // Google writes these characters so, and a title could otherwise end the script.
  return JSON.stringify(all).replace(
    /[<>=&]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
