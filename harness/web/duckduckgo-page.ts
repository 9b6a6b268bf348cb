// The demo's DuckDuckGo: a page without results, whose script fetches them from i.js and draws tiles with thumbnails only.
// Its tabs switch without a load; the image tab first fetches, and only then changes the address.
import { type EngineMarkup, escapeHtml, INFINITE_SCROLL, type Result, searchPage } from './results-page';

/** As many as one real answer holds. */
const PER_ANSWER = 100;
const THUMBNAIL_HOST = 'external-content.duckduckgo.com';

export const duckduckgoPage = (perAnswer = PER_ANSWER): EngineMarkup => ({
  searchHost: 'duckduckgo.com',
  thumbnailHost: THUMBNAIL_HOST,
  thumbnail: id =>
    `https://${THUMBNAIL_HOST}/iu/?u=${encodeURIComponent(`https://tse1.mm.bing.net/th?id=OIP.${id}&pid=Api`)}&f=1`,
  searchAddress: query => `https://duckduckgo.com/?q=${encodeURIComponent(query)}&ia=images&iax=images`,
  queryOfPage: url => (url.pathname === '/' ? (url.searchParams.get('q') ?? undefined) : undefined),

  page: (query, _results, links) =>
    searchPage({
      title: `${query} at DuckDuckGo`,
      query,
      fields: { ia: 'images', iax: 'images' },
      action: '/',
      links,
      results: `<ul class="tabs">${tabLink(query, 'web', 'All')}${tabLink(query, 'images', 'Images')}</ul>
<p class="web" style="padding:0 24px">Results of the web would stand here.</p><div data-testid="zci-images"><ul></ul></div>`,
      script: `
const vqd = "4-${'1234567890'.repeat(3)}";
let next = 'i.js?o=json&l=us-en&f=,,,,,&p=1&s=0&vqd=' + vqd + '&q=' + encodeURIComponent(${inScript(query)});
const list = document.querySelector('[data-testid="zci-images"] ul');
let tab = new URLSearchParams(location.search).get('iax') === 'images' ? 'images' : 'web';
function show() {
  list.parentElement.hidden = tab !== 'images';
  document.querySelector('.web').hidden = tab === 'images';
}
async function change(to, address) {
  tab = to;
  if (tab === 'images' && !list.firstChild) await more();
  if (address) history.pushState(null, '', address);
  show();
  fill();
}
for (const link of document.querySelectorAll('.tabs a')) {
  link.addEventListener('click', event => {
    event.preventDefault();
    change(link.dataset.tab, link.href);
  });
}
addEventListener('popstate', () => change(new URLSearchParams(location.search).get('iax') === 'images' ? 'images' : 'web'));
show();
function tile(result) {
  const item = document.createElement('li');
  item.className = 'tile';
  item.innerHTML = '<figure style="margin:0"><div><img alt=""></div><figcaption><a><p><span></span></p></a></figcaption></figure>';
  item.querySelector('img').src = result.thumbnail;
  item.querySelector('a').href = result.url;
  item.querySelector('span').textContent = result.title;
  return item;
}
function more() {
  if (!next || tab !== 'images') return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', '/' + next);
    request.onload = () => {
      const answer = JSON.parse(request.responseText);
      list.append(...answer.results.map(tile));
      next = answer.next && answer.next + '&vqd=' + vqd;
      resolve(true);
    };
    request.onerror = reject;
    request.send();
  });
}${INFINITE_SCROLL}`,
    }),

  more(url, resultsOf) {
    if (url.pathname !== '/i.js') return undefined;
    const query = url.searchParams.get('q') ?? '';
    const start = Number(url.searchParams.get('s'));
    const all = resultsOf(query);
    const end = start + perAnswer;
    const body = JSON.stringify({
      ads: null,
      ...(end < all.length ? { next: `i.js?q=${encodeURIComponent(query)}&o=json&l=us-en&p=1&s=${end}&f=,,,,,` } : {}),
      query,
      queryEncoded: escapeHtml(query),
      response_type: 'places',
      results: all.slice(start, end).map(record),
    });
    // So it is named by the real server, although it is JSON.
    return { type: 'application/x-javascript', body };
  },
});

function record({ address, thumbnail, sourcePage, title, width, height, id }: Result) {
  return {
    height,
    image: address,
    image_token: id,
    source: 'Bing',
    thumbnail,
    thumbnail_token: id,
    title,
    url: sourcePage,
    width,
  };
}

function tabLink(query: string, tab: 'web' | 'images', words: string): string {
  const parameters = tab === 'web' ? 'ia=web' : 'ia=images&amp;iax=images';
  return `<li><a href="/?q=${encodeURIComponent(query)}&amp;${parameters}" data-tab="${tab}">${words}</a></li>`;
}

/** A text as a literal in a script of a page: nothing in it can end the script. */
function inScript(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\u003c');
}
