// A results page of the size of a real one, made by the demo's own markup with as much around the records.

import { seededRandom } from '../../../harness/pictures/random';
import { demoWeb } from '../../../harness/web/demo-web';
import { googlePage } from '../../../harness/web/google-page';
import type { Result } from '../../../harness/web/results-page';

export interface BenchPage {
  name: string;
  address: string;
  html: string;
  /** Full-size addresses it holds. */
  expected: number;
}

const SEED = 7;
const RESULTS = 100;

/** `length` in characters. */
export function twinPage(length: number): BenchPage {
  const html = googlePage().page('cats', results(), []);
  const noise = `<script>var state=[${around(length - html.length)}];</script>`;
  return {
    name: 'made page',
    address: 'https://www.google.com/search?q=cats&udm=2',
    html: html.replace('<script>', () => `${noise}<script>`),
    expected: RESULTS,
  };
}

/** The answer to a scroll, in the engine's own format. */
export function twinAnswer(): { body: string; expected: number } {
  const url = new URL('https://www.google.com/search?q=cats&udm=2&asearch=arc&start=0');
  return { body: googlePage(0, RESULTS).more(url, results)?.body ?? '', expected: RESULTS };
}

function results(): Result[] {
  const images = Array.from({ length: RESULTS }, (_, i) => ({
    name: `cat-${i}.jpg`,
    bytes: Buffer.alloc(0),
    width: 1200,
    height: 800,
  }));
  const listed = demoWeb([{ label: 'cats', images }], ['google']).results.get('cats') ?? [];
  return listed.map(result => ({ ...result, thumbnail: googlePage().thumbnail(result.id) }));
}

/** What stands between records: settings, escaped text, addresses of pages and of thumbnails. */
function around(length: number): string {
  const random = seededRandom(SEED);
  const pieces: string[] = [];
  for (let written = 0; written < length; ) {
    const n = Math.floor(random.between(0, 1e9));
    const piece = [
      `["gsrt_${n}",null,[${n % 1000},1,0],{"${n}":[null,"x${n}",false]}]`,
      `"https://www.example-${n % 500}.com/page/${n}?a\\u003d${n}\\u0026b"`,
      `["https://encrypted-tbn0.gstatic.com/images?q\\u003dtbn:${n}",90,90]`,
      `"\\u003cdiv class\\u003d\\"c${n}\\"\\u003e${'text '.repeat(n % 30)}\\u003c/div\\u003e"`,
    ][n % 4] as string;
    pieces.push(piece);
    written += piece.length + 1;
  }
  return pieces.join(',');
}
