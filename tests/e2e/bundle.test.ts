// What is shipped: no code from elsewhere, no code made of text, nothing open to pages, and the permissions as agreed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { BUILD_TARGETS, distFolder } from '../../scripts/build/build-extension';
import { manifestForChrome } from '../../scripts/build/chrome-manifest';
import { firefoxManifest } from '../../scripts/build/firefox-manifest';
import { cutOutWasm, HDF5_WASM } from '../../scripts/build/hdf5-wasm';

const ROOT = join(import.meta.dirname, '../..');
const AGREED = { chrome: manifestForChrome(manifest), firefox: firefoxManifest(manifest) };
/** Code or markup made of text, and code fetched from an address. The stores search for the same, used or not. */
const FOREIGN = [
  // eval(…), (0, eval)(…), eval?.(…), [eval][0](…): the name alone is enough, unless it is that of a field.
  /(?<![{,]\s*(?=eval\s*:))\beval\b(?!["'`])/,
  // Function(…), new Function(…), a function's own constructor, and the name handed on.
  /\bFunction\s*(?:\?\.)?\s*\(/,
  /[[=,(:]\s*(?:globalThis|self|window)?\.?Function\s*[\]),;]/,
  /\.constructor\s*\(\s*["'`]/,
  /\bimportScripts\s*(?:\?\.)?\s*\(/,
  /\bimport\s*\(\s*["'`]\s*(?:https?:)?\/\//,
  /\bset(?:Timeout|Interval|Immediate)\s*(?:\?\.)?\s*\(\s*["'`]/,
  /\.(?:innerHTML|outerHTML)\s*=(?!=)\s*(?!["'`]{2})/,
  /\.(?:insertAdjacentHTML|createContextualFragment)\s*\(/,
  /\bdocument\.write(?:ln)?\s*\(/,
];
/** One script above this is mostly something that should be a file of its own; Mozilla's check reads none above 5 MB. */
const LARGEST_SCRIPT = 1_500_000;

it.each([
  'eval(x)',
  '(0,eval)(x)',
  '(0, eval)(x)',
  'eval?.(x)',
  '[eval][0](x)',
  'globalThis.eval(x)',
  'Function(`return this`)()',
  'e=Function(``+e)',
  'new Function("a",b)',
  'Function?.(x)',
  'const f=Function;f(x)',
  '(0,Function)(x)',
  'Reflect.construct(Function,[x])',
  '(()=>{}).constructor("alert()")()',
  'importScripts(e.data.urlOrBlob)',
  'importScripts("https://a.example/x.js")',
  'import("https://a.example/x.js")',
  'setTimeout("alert()",1)',
  'setInterval(`alert()`,1)',
  't.innerHTML=h.__html',
  'this.innerHTML = value',
  'e.insertAdjacentHTML(`beforeend`,x)',
  'document.write(x)',
])('would be found in a script: %s', text => {
  expect(FOREIGN.some(pattern => pattern.test(`a();${text};b()`))).toBe(true);
});

it.each([
  'createNamedFunction(x)',
  'typeof importScripts==`function`',
  'x instanceof Function',
  'this.innerHTML=``',
  'a.innerHTML==b',
  'devtools={eval:{minArgs:1}}',
  'medieval(x)',
  'retrieval',
  'setTimeout(f,0,e)',
])('is none of these: %s', text => {
  expect(FOREIGN.filter(pattern => pattern.test(`a();${text};b()`))).toEqual([]);
});

describe.each(BUILD_TARGETS)('the build for %s', target => {
  const folder = process.env.GLEANER_DIST ? join(process.env.GLEANER_DIST, target) : distFolder(target);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = (ending: RegExp) =>
    files.filter(name => ending.test(name)).map(name => [name, readFileSync(join(folder, name), 'utf8')] as const);

  it('holds no code from elsewhere and none made of text', () => {
    const code = texts(/\.js$/);
    expect(code.length).toBeGreaterThan(10);
    const guilty = code.flatMap(([name, text]) =>
      FOREIGN.flatMap(pattern => {
        const found = pattern.exec(text);
        return found ? [`${name}: ${text.slice(Math.max(0, found.index - 60), found.index + 60)}`] : [];
      }),
    );
    expect(guilty).toEqual([]);
    for (const [name, page] of texts(/\.html$/))
      expect(page, name).not.toMatch(/(?:src|href)\s*=\s*["']?\s*(?:https?:)?\/\//);
  });

  it('keeps the HDF5 library as a file beside its script', () => {
    const library = readFileSync(join(ROOT, 'node_modules/h5wasm/dist/esm/hdf5_util.js'), 'utf8');
    const { wasm } = cutOutWasm(library);
    expect(readFileSync(join(folder, HDF5_WASM)).equals(wasm)).toBe(true);
    const large = texts(/\.js$/).filter(([, text]) => text.length > LARGEST_SCRIPT);
    expect(large.map(([name, text]) => `${name}: ${text.length}`)).toEqual([]);
  });

  it('asks for what was agreed and opens nothing to pages', () => {
    const built = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const agreed = AGREED[target] as Record<string, unknown>;
    for (const key of ['permissions', 'optional_host_permissions', 'content_security_policy', 'incognito'] as const)
      expect(built[key], key).toEqual(agreed[key]);
    expect(built.host_permissions ?? []).toEqual([]);
    expect(built.content_scripts ?? []).toEqual([]);
    expect(built.web_accessible_resources ?? []).toEqual([]);
    expect(built.externally_connectable?.ids ?? []).toEqual([]);
    expect(built.incognito).toBe('not_allowed');
    const others = Object.keys(AGREED[target === 'chrome' ? 'firefox' : 'chrome']).filter(key => !(key in agreed));
    expect(others.length).toBeGreaterThan(0);
    expect(
      Object.keys(built).filter(key => others.includes(key)),
      "The other browser's keys",
    ).toEqual([]);
  });
});
