// The bench's page: reads a results page with the extension's own scanner and with a plain regular expression, and times both.
import { engineFor } from '../../../src/engines';
import { inlineScripts } from '../../../src/engines/scan/script-text';
import { clean } from '../../../src/pipeline/harvest/clean';

export interface Reading {
  /** Median of the rounds. */
  ms: number;
  urls: string[];
}

/** What a snippet would do: every http address in the scripts' text, once. */
const ADDRESS = /https?:\/\/[^\s"'<>\\]+/g;

const calls = {
  /** The engine's whole way over the parsed page: scripts, tiles, unwrapping, thumbnails out. */
  scan(html: string, address: string, rounds: number): Reading {
    const url = new URL(address);
    const engine = engineFor(url);
    return timed(
      rounds,
      () => parse(html),
      doc => clean(engine.candidates(doc, url), new Set()).candidates.map(candidate => candidate.url),
    );
  },

  regex(html: string, rounds: number): Reading {
    return timed(
      rounds,
      () => parse(html),
      doc => {
        const urls = new Set<string>();
        for (const { text } of inlineScripts(doc)) for (const [match] of text.matchAll(ADDRESS)) urls.add(match);
        return [...urls];
      },
    );
  },

  /** One answer of the page's own, as it arrives by scrolling. */
  answer(body: string, address: string, rounds: number): Reading {
    const url = new URL(address);
    const engine = engineFor(url);
    return timed(
      rounds,
      () => body,
      text =>
        clean(engine.records?.(text, url, url) ?? { candidates: [], tiles: 0, refused: {} }, new Set()).candidates.map(
          candidate => candidate.url,
        ),
    );
  },
};
export type Calls = typeof calls;
(globalThis as unknown as { calls: Calls }).calls = calls;

/** Each round reads a document of its own: an engine remembers the scripts it has read. */
function timed<T>(rounds: number, prepare: () => T, work: (prepared: T) => string[]): Reading {
  const times: number[] = [];
  let urls: string[] = [];
  for (let i = 0; i < rounds; i++) {
    const prepared = prepare();
    const start = performance.now();
    urls = work(prepared);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { ms: times[Math.floor(rounds / 2)] ?? Number.NaN, urls };
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}
