// `npm run field-cases`: inputs of the field, each with what is right for it, through the built extension in real browsers; 1 when any is wrong.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { BROWSER_NAMES, type BrowserName } from '../harness/browsers/driver';
import { grantAccess } from '../harness/steps/harvest-steps';
import { type Walk, walkOnce } from '../harness/walk';
import { deleteEverything } from '../tests/e2e/steps/hand-over-steps';
import { buildExtension, TARGET_OF } from './build/build-extension';
import { exitWith } from './exit-with';
import { addFieldHosts, type CaseHost } from './field-cases/hosts';
import { MADE, make } from './field-cases/made';
import { RIGHT, type Right } from './field-cases/right';
import { type Seen, WAYS } from './field-cases/ways';

const USAGE = 'npm run field-cases -- [--browser chromium|firefox] [--only NAME] [--built (take the last build)]';
const CASES = join(import.meta.dirname, '../../shared/field-cases');

const ALL = [...Object.keys(RIGHT), ...Object.keys(MADE)];

interface Row {
  name: string;
  browser: BrowserName;
  seconds: number;
  seen: Seen | string;
  wrong: string[];
}

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { browser: { type: 'string' }, only: { type: 'string' }, built: { type: 'boolean', default: false } },
  });
  const browsers = BROWSER_NAMES.filter(name => values.browser === undefined || values.browser === name);
  const names = ALL.filter(name => values.only === undefined || name.includes(values.only));
  if (browsers.length === 0 || names.length === 0) {
    console.error(USAGE);
    return 2;
  }
  if (!existsSync(CASES)) {
    console.log(`There are no inputs of the field: ${CASES} is absent. Nothing was tried.`);
    return 0;
  }
  const unknown = readdirSync(CASES).filter(name => !Object.hasOwn(RIGHT, name));
  for (const name of unknown) console.error(`${name}: nobody wrote down what is right for it (field-cases/right.ts).`);
  const rows: Row[] = [];
  for (const browser of browsers) {
    const mine = names.filter(name => browser === 'chromium' || rightOf(name).firefox);
    if (mine.length > 0) rows.push(...(await inBrowser(browser, mine, values.built)));
  }
  for (const row of rows) tell(row);
  const wrong = rows.filter(row => row.wrong.length > 0).length;
  console.log(`${rows.length - wrong} of ${rows.length} are right.`);
  return wrong > 0 || unknown.length > 0 ? 1 : 0;
}

async function inBrowser(browser: BrowserName, names: readonly string[], built: boolean): Promise<Row[]> {
  if (!built) {
    console.log(`Building the extension for ${browser} …`);
    await buildExtension(TARGET_OF[browser]);
  }
  const own = await ownHosts();
  return walkOnce({ browser, alterHosts: hosts => addFieldHosts(hosts, own) }, async walk => {
    await grantAccess(walk);
    const rows: Row[] = [];
    for (const name of names) {
      rows.push(await through(walk, name));
      await deleteEverything(walk);
    }
    return rows;
  });
}

/** The hosts of a case that brings a server. */
async function ownHosts(): Promise<Record<string, CaseHost>> {
  const path = join(CASES, 'host-refuses-with-a-picture/server.mjs');
  return existsSync(path) ? (await import(pathToFileURL(path).href)).hosts : {};
}

async function through(walk: Walk, name: string): Promise<Row> {
  const right = rightOf(name);
  const path = await inputOf(walk, name);
  const start = Date.now();
  const row = { name, browser: walk.browser };
  try {
    const seen = await WAYS[right.by](walk, path, right);
    return { ...row, seen, wrong: differences(seen, right), seconds: (Date.now() - start) / 1000 };
  } catch (error) {
    // The app said something else, or nothing: that is what was seen.
    const words = error instanceof Error ? error.message : `${error}`;
    return { ...row, seen: words, wrong: ['the way through the app'], seconds: (Date.now() - start) / 1000 };
  }
}

async function inputOf(walk: Walk, name: string): Promise<string> {
  const made = MADE[name];
  if (made) return make(name, made, walk.out);
  const [input = ''] = readdirSync(join(CASES, name)).filter(each => each !== 'README.txt');
  return join(CASES, name, input);
}

function rightOf(name: string): Right {
  const right = RIGHT[name] ?? MADE[name]?.right;
  if (!right) throw new Error(`nobody wrote down what is right for ${name}`);
  return right;
}

/** Names of what was seen otherwise than is right. */
function differences(seen: Seen, right: Right): string[] {
  const { refused, leastGroups, by, firefox: _firefox, ...same } = right;
  const wrong = Object.entries(same).filter(([key, value]) => !isDeepStrictEqual(seen[key as keyof Seen], value));
  const names = wrong.map(([key]) => key);
  if ((by === 'zip' || by === 'list') && seen.asked !== right.asked && !names.includes('asked')) names.push('asked');
  if (refused instanceof RegExp ? !refused.test(`${seen.refused}`) : !isDeepStrictEqual(seen.refused, refused))
    names.push('refused');
  if (leastGroups !== undefined && !((seen.groups ?? 0) >= leastGroups && !seen.mixedGroups && !seen.emptySplits))
    names.push('groups');
  return names;
}

function tell({ name, browser, seconds, seen, wrong }: Row): void {
  const words = typeof seen === 'string' ? seen : JSON.stringify(seen);
  console.log(
    `${wrong.length > 0 ? 'WRONG' : 'right'} ${name.padEnd(28)} ${browser.padEnd(8)} ${seconds.toFixed(1).padStart(5)} s  ${words}`,
  );
  const { by: _by, firefox: _firefox, refused, ...right } = rightOf(name);
  if (wrong.length > 0)
    console.log(
      `      ${wrong.join(', ')}; right is ${JSON.stringify({ ...right, ...(refused && { refused: `${refused instanceof RegExp ? refused : JSON.stringify(refused)}` }) })}`,
    );
}
