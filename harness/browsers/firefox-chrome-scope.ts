// Runs functions in Firefox's own window, where its menus, panels and certificate store are.
import type { Browser } from 'puppeteer-core';

export interface ChromeScope {
  /** Calls the function, given as source, with one text, and waits for it. Rejects with its error. */
  run(source: string, argument?: string): Promise<void>;
}

/** Puppeteer's BiDi connection; it is not in the published types. */
interface Connection {
  send(method: string, parameters: object): Promise<{ result: Record<string, unknown> }>;
}

export async function chromeScope(browser: Browser): Promise<ChromeScope> {
  const { connection } = browser as unknown as { connection: Connection };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [window] = (tree.result.contexts ?? []) as { context: string }[];
  if (window === undefined) throw new Error('Firefox shows no window');
  return {
    async run(source, argument) {
      const { result } = await connection.send('script.callFunction', {
        functionDeclaration: source,
        target: { context: window.context },
        arguments: argument === undefined ? [] : [{ type: 'string', value: argument }],
        awaitPromise: true,
      });
      if (result.type === 'exception') {
        const { text } = result.exceptionDetails as { text: string };
        throw new Error(`In Firefox's own window: ${text}`);
      }
    },
  };
}
