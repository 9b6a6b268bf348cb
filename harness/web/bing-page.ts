// The demo's Bing Images: the markup of the real results page, with `a.iusc[m]` and further pages named by data-nextUrl.
import { type EngineMarkup, escapeHtml, INFINITE_SCROLL, type Result, searchPage } from './results-page';

/** As many as the real page shows at a time. */
const PER_PAGE = 35;

export const bingPage = (perPage = PER_PAGE): EngineMarkup => ({
  searchHost: 'www.bing.com',
  thumbnailHost: 'tse1.mm.bing.net',
  thumbnail: id => `https://tse1.mm.bing.net/th?id=OIP.${id}&pid=Api`,
  searchAddress: query => `https://www.bing.com/images/search?q=${encodeURIComponent(query)}&form=HDRSC2&first=1`,
  queryOfPage: url => (url.pathname === '/images/search' ? (url.searchParams.get('q') ?? '') : undefined),

  page: (query, results, links) =>
    searchPage({
      title: `${query} - Bing images`,
      query,
      fields: { form: 'HDRSC2', first: '1' },
      action: '/images/search',
      links,
      results: `<div id="mmComponent_images_1" class="dgControl hoverEffect" data-nextUrl="${nextAddress(query, results, perPage, perPage)}">
<ul class="dgControl_list">${items(results.slice(0, perPage), 0)}</ul></div>`,
      script: `
const list = document.getElementById('mmComponent_images_1');
async function more() {
  const next = list.getAttribute('data-nextUrl');
  if (!next) return false;
  const answer = await fetch(next);
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.dgControl');
  list.setAttribute('data-nextUrl', part.getAttribute('data-nextUrl'));
  list.append(...part.children);
  return true;
}${INFINITE_SCROLL}`,
    }),

  more(url, resultsOf) {
    if (url.pathname !== '/images/async') return undefined;
    const query = url.searchParams.get('q') ?? '';
    const results = resultsOf(query);
    const first = Number(url.searchParams.get('first'));
    const body = `<div class="dgControl" data-nextUrl="${nextAddress(query, results, first + perPage, perPage)}">
<ul class="dgControl_list">${items(results.slice(first, first + perPage), first)}</ul></div>`;
    return { type: 'text/html; charset=utf-8', body };
  },
});

/** Empty at the end of the results. */
function nextAddress(query: string, results: Result[], first: number, perPage: number): string {
  if (first >= results.length) return '';
  return escapeHtml(`/images/async?q=${encodeURIComponent(query)}&first=${first}&count=${perPage}&mmasync=1`);
}

function items(results: Result[], from: number): string {
  return results.map((result, i) => item(result, from + i)).join('');
}

function item(result: Result, index: number): string {
  const m = JSON.stringify({
    cid: result.id,
    mid: result.id,
    murl: result.address,
    turl: result.thumbnail,
    purl: result.sourcePage,
    md5: result.id.slice(0, 32),
    t: result.title,
  });
  const parameters = new URLSearchParams({
    view: 'detailV2',
    ccid: result.id.slice(0, 8),
    id: result.id,
    mediaurl: result.address,
    exph: String(result.height),
    expw: String(result.width),
  });
  return `<li data-idx="${index + 1}" class="tile"><div class="iuscp isv"><div class="imgpt">
<a class="iusc" m="${escapeHtml(m)}" href="/images/search?${escapeHtml(String(parameters))}"><div class="img_cont hoff"><img class="mimg" alt="${escapeHtml(result.title)}" src="${escapeHtml(result.thumbnail)}"></div></a>
<div class="img_info hon"><span class="nowrap">${result.width} &#215; ${result.height}</span></div></div></div></li>`;
}
