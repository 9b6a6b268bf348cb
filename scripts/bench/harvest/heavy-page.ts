// A page of 100,000 tiles and a script of many megabytes, as no search engine has it: written in pieces, so that the
// server does not hold it either.
import type { ServerResponse } from 'node:http';

export interface Heaviness {
  /** Whose markup it has: Bing's addresses stand in attributes, Google's in scripts. */
  engine: 'bing' | 'google';
  tiles: number;
  scriptMegabytes: number;
  /** Characters that every tile's attribute holds besides. */
  padding?: number;
}

const CHUNK = 1000;
/** What scanners look for, over and over, and never whole. */
const BAIT = '"x1",["https://t.gstatic.com/x",1,2],["https:// [\\"https://x.example/1\\",[[{\\"results\\":[';

/** Every tile has another address. */
export async function serveHeavyPage(heaviness: Heaviness, response: ServerResponse): Promise<void> {
  const { tiles, scriptMegabytes } = heaviness;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  const write = (text: string) =>
    response.write(text) ? undefined : new Promise<void>(resolve => response.once('drain', resolve));
  const each = async (piece: (i: number) => string) => {
    for (let at = 0; at < tiles; at += CHUNK) {
      await write(Array.from({ length: Math.min(CHUNK, tiles - at) }, (_, i) => piece(at + i)).join(''));
    }
  };
  await write('<!doctype html><title>heavy</title><link rel="icon" href="data:,"><ul class="dgControl_list">');
  await each(i => tile(i, heaviness));
  await write('</ul><script type="application/json">[');
  if (heaviness.engine === 'google') await each(record);
  await write('0]</script><script type="application/json">["');
  const megabyte = BAIT.repeat(Math.ceil(1_000_000 / BAIT.length));
  for (let i = 0; i < scriptMegabytes; i++) await write(megabyte);
  response.end('"]</script>');
}

function tile(i: number, { engine, padding = 0 }: Heaviness): string {
  if (engine === 'google') return `<li data-docid="docid${i}" data-lpage="https://page.example/${i}"></li>`;
  const more = padding > 0 ? `,&quot;more&quot;:[${'1,'.repeat(padding / 2)}1]` : '';
  return `<li><a class="iusc" m="{&quot;murl&quot;:&quot;https://full.example/${i}.jpg&quot;${more}}"></a></li>`;
}

function record(i: number): string {
  return `"docid${i}",["https://t.gstatic.com/${i}",90,90],["https://full.example/${i}.jpg",600,800],`;
}
