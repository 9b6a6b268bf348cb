// @vitest-environment jsdom
// A page that searches without a load still carries the results it was loaded with.
import { describe, expect, it } from 'vitest';
import { engineFor } from '../../src/engines';
import { IdleWork } from '../../src/entries/content/reading/idle-work';
import { PageScan } from '../../src/entries/content/reading/page-scan';
import { staleScripts } from '../../src/entries/content/reading/stale-scripts';

const URL_NOW = new URL('https://www.google.com/search?q=polar+bears&udm=2');
const record = (id: string) =>
  `"${id}",["https://encrypted-tbn0.gstatic.com/images?q=tbn:${id}",9,9],["https://full.test/${id}.jpg",600,800]`;

function page(...scripts: string[]): Document {
  const doc = document.implementation.createHTMLDocument('');
  for (const text of scripts) {
    const script = doc.createElement('script');
    script.textContent = text;
    doc.body.append(script);
  }
  return doc;
}

describe('scripts of an earlier search', () => {
  const loaded = page(
    `{"q":"black cats","r":[${record('cat1')},${record('cat2')}]}`,
    `{"url":"/search?q=Black%20Cats"}`,
    `{"settings":1}`,
    `{"last":"black cats","q":"polar bears","r":[${record('bear1')}]}`,
  );

  it('are those that name it and not the search of now', () => {
    expect(staleScripts(loaded, 'black cats', 'polar bears')?.querySelectorAll('script')).toHaveLength(2);
    expect(staleScripts(loaded, 'black cats', 'black cats')).toBeUndefined();
    expect(staleScripts(loaded, '', 'polar bears')).toBeUndefined();
    expect(staleScripts(loaded, 'dogs', 'polar bears')).toBeUndefined();
  });

  it('give no results', () => {
    const idle: (() => void)[] = [];
    const work = new IdleWork(
      error => {
        throw error;
      },
      run => idle.push(run),
    );
    const scan = new PageScan(
      loaded,
      engineFor(URL_NOW),
      () => URL_NOW,
      work,
      () => undefined,
    );
    scan.leaveOut(staleScripts(loaded, 'black cats', 'polar bears') as Document);
    const life = new AbortController();
    scan.follow(loaded.createElement('div'), life.signal);
    while (idle.length > 0) idle.shift()?.();
    life.abort();
    expect(scan.collected.map(({ url }) => url)).toEqual(['https://full.test/bear1.jpg']);
  });
});
