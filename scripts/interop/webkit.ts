// WebKit, the engine of every iPhone's and iPad's browser: its GTK build behind its own driver, spoken to as WebDriver has it
// (w3.org/TR/webdriver2).
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitFor } from '../../harness/wait';
import { Skip } from './check';

const DRIVER = 'WebKitWebDriver';
/** Runs a program before a screen that nobody sees. */
const SCREEN = 'xvfb-run';
const LIBRARIES = '/usr/lib';
const PACKAGES = ['webkit2gtk-driver', 'xvfb'];
const START_MS = 30_000;
/** As wide as a phone, in CSS pixels; a window that cannot be so narrow stays a little wider. */
const WINDOW = { width: 400, height: 850 };

export interface WebKit {
  version: string;
  /** What `program` gives, an async function's body in the page with `given` as its arguments; JSON both ways. */
  run<T>(program: string, ...given: unknown[]): Promise<T>;
  open(path: string): Promise<void>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

/** A window without a screen. Throws `Skip` where WebKit is not here and cannot be installed. */
export async function startWebKit(): Promise<WebKit> {
  const binary = browserProgram() ?? (install() ? browserProgram() : undefined);
  if (binary === undefined) throw new Skip(`WebKit is not here: it needs the packages ${PACKAGES.join(', ')}`);
  const port = await freePort();
  const driver = spawn(SCREEN, ['-a', DRIVER, `--port=${port}`], {
    // A sandbox of its own cannot be made within another.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
    stdio: 'ignore',
    detached: true,
  });
  try {
    return await session(`http://127.0.0.1:${port}`, binary, driver);
  } catch (error) {
    end(driver);
    throw error;
  }
}

async function session(base: string, binary: string, driver: ChildProcess): Promise<WebKit> {
  const options = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const started = await waitFor(
    'WebKit',
    () => ask<Session>(base, 'POST', '/session', { capabilities: { alwaysMatch: options } }).catch(() => undefined),
    START_MS,
  );
  const at = `/session/${started.sessionId}`;
  await ask(base, 'POST', `${at}/timeouts`, { script: 120_000 });
  await ask(base, 'POST', `${at}/window/rect`, WINDOW);
  return {
    version: started.capabilities.browserVersion,
    async run<T>(program: string, ...given: unknown[]) {
      // What the page throws is told like an answer: drivers give an async script's own errors no words.
      const script = `const done = arguments[arguments.length - 1];
        (async (...given) => { ${program} })(...Array.from(arguments).slice(0, -1))
          .then(value => done({ value }), error => done({ error: String(error) }));`;
      const answer = await ask<{ value: T; error?: string }>(base, 'POST', `${at}/execute/async`, {
        script,
        args: given,
      });
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    },
    open: path => ask(base, 'POST', `${at}/url`, { url: pathToFileURL(path).href }),
    screenshot: async path =>
      writeFile(path, Buffer.from(await ask<string>(base, 'GET', `${at}/screenshot`), 'base64')),
    async close() {
      await ask(base, 'DELETE', at).catch(() => undefined);
      end(driver);
    },
  };
}

interface Session {
  sessionId: string;
  capabilities: { browserVersion: string };
}

async function ask<T>(base: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebKit: ${value.error}, ${value.message}`);
  return value;
}

/** The driver does not tell which it took when left the choice. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** With all that belongs to it. */
function end(driver: ChildProcess): void {
  if (driver.pid !== undefined && driver.exitCode === null) process.kill(-driver.pid, 'SIGKILL');
}

/** The small browser that comes with the driver, in a folder named after the system and the library's version. */
function browserProgram(): string | undefined {
  const there = [DRIVER, SCREEN].every(name => !spawnSync(name, ['--help'], { stdio: 'ignore' }).error);
  if (!there || !existsSync(LIBRARIES)) return undefined;
  const folders = readdirSync(LIBRARIES).flatMap(system => {
    const inside = join(LIBRARIES, system);
    return /-linux-/.test(system) ? readdirSync(inside).map(name => join(inside, name)) : [];
  });
  const programs = folders.filter(path => /\/webkit2?gtk-[\d.]+$/.test(path)).map(path => join(path, 'MiniBrowser'));
  return programs.find(existsSync);
}

function install(): boolean {
  if (process.getuid?.() !== 0) return false;
  console.log(`Installing ${PACKAGES.join(' ')} …`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' } as const;
  spawnSync('apt-get', ['update'], options);
  return spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], options).status === 0;
}
