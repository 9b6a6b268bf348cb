// What the demo's search pages have in common: the results of a query, and the look around them.

export const DEMO_ENGINES = ['bing', 'google', 'duckduckgo'] as const;
export type DemoEngine = (typeof DEMO_ENGINES)[number];

export interface Result {
  /** The engine's own id of the result. */
  id: string;
  address: string;
  /** The page the image stands on. */
  sourcePage: string;
  title: string;
  width: number;
  height: number;
  thumbnail: string;
}

/** The markup of one engine's pages. */
export interface EngineMarkup {
  searchHost: string;
  thumbnailHost: string;
  /** Address of the small image of the result with this id, on `thumbnailHost`; the id stands in it after `OIP.` */
  thumbnail(id: string): string;
  /** Address of the results of a query. */
  searchAddress(query: string): string;
  /** The query of a request for the first page, and undefined for other requests. */
  queryOfPage(url: URL): string | undefined;
  page(query: string, results: Result[], links: { query: string; address: string }[]): string;
  /** The answer to the page's own request for more results; undefined for other requests. */
  more(url: URL, resultsOf: (query: string) => Result[]): { type: string; body: string } | undefined;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** A search page: the box, links to the demo's other searches, the results, and the script that loads more on scrolling. */
export function searchPage(parts: {
  title: string;
  query: string;
  fields: Record<string, string>;
  action: string;
  links: { query: string; address: string }[];
  results: string;
  script: string;
}): string {
  const hidden = Object.entries(parts.fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  const links = parts.links.map(({ query, address }) => `<a href="${escapeHtml(address)}">${escapeHtml(query)}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(parts.title)}</title>
<link rel="icon" href="data:,">
<style>
  body { font: 15px system-ui, sans-serif; margin: 0; color: #202124; background: #fff; }
  header { padding: 16px 24px; border-bottom: 1px solid #e3e5e8; display: flex; gap: 20px; align-items: center; flex-wrap: wrap; }
  input[type=search] { font: inherit; padding: 8px 14px; width: 280px; border: 1px solid #c7cbd1; border-radius: 20px; }
  ul, .tiles { list-style: none; margin: 0; padding: 16px 24px; display: flex; flex-wrap: wrap; gap: 12px; }
  .tile img { height: 150px; min-width: 150px; max-width: 280px; object-fit: cover; border-radius: 8px; background: #eceef1; display: block; }
  .tile span { display: block; max-width: 220px; padding-top: 4px; font-size: 12px; color: #5f6368; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  footer { padding: 24px; color: #5f6368; }
</style></head><body>
<header><b>${escapeHtml(parts.title)}</b>
<form action="${parts.action}">${hidden.join('')}<input type="search" name="q" aria-label="Search" value="${escapeHtml(parts.query)}"></form>
<nav>${links.join(' · ')}</nav></header>
${parts.results}
<footer id="end">This page is the demo's own; it has the markup of the real one.</footer>
<script>${parts.script}</script>
</body></html>`;
}

/** Page script: calls `more()` whenever the end of the page comes near, until it answers false. */
export const INFINITE_SCROLL = `
let busy = false;
async function fill() {
  if (busy) return;
  busy = true;
  while (document.getElementById('end').getBoundingClientRect().top < innerHeight + 300 && await more()) {}
  busy = false;
}
addEventListener('scroll', fill);
addEventListener('resize', fill);
fill();`;
