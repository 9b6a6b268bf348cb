// Messages between contexts: typed asking and answering, with the sender checked before anything is done.
import browser, { type Runtime } from 'webextension-polyfill';
import { GleanerError } from '../contract/error';
import type { Answer, Arguments, MessageName } from '../contract/messages';

interface Envelope {
  gleaner: MessageName;
  args: unknown;
}

/** A `GleanerError` on its way: messages carry an error's text but not its class, and the words would be lost. */
interface Refused {
  gleanerRefused: { code: string; words: string[] };
}

/** Asks the background; rejects with the handler's error. */
export async function ask<N extends MessageName>(name: N, args: Arguments<N>): Promise<Answer<N>> {
  const answer: unknown = await browser.runtime.sendMessage({ gleaner: name, args } satisfies Envelope);
  if (isRefused(answer)) throw new GleanerError(answer.gleanerRefused.code, answer.gleanerRefused.words);
  return answer as Answer<N>;
}

export type Handlers<N extends MessageName> = {
  [K in N]: (args: Arguments<K>, sender: Runtime.MessageSender) => Promise<Answer<K>> | Answer<K>;
};

/**
 * Answers messages: `fromPages` for content scripts (whatever they send may be forged by the page), `fromOwn` for the
 * extension's own pages. A sender is "own" by its address, never by what the message says.
 */
export function answer<P extends MessageName, O extends MessageName>(
  fromPages: Handlers<P>,
  fromOwn: Handlers<O>,
): void {
  browser.runtime.onMessage.addListener(((message: unknown, sender: Runtime.MessageSender) => {
    if (sender.id !== browser.runtime.id || !isEnvelope(message)) return undefined;
    if (sender.tab?.incognito) return Promise.reject(new Error('private window'));
    const table = (isOwnPage(sender) ? { ...fromPages, ...fromOwn } : fromPages) as Record<string, unknown>;
    if (!Object.hasOwn(table, message.gleaner)) return Promise.reject(new Error('refused'));
    const handler = table[message.gleaner] as (args: unknown, sender: Runtime.MessageSender) => unknown;
    return Promise.resolve()
      .then(() => handler(message.args, sender))
      .catch((error: unknown): Refused => {
        if (!(error instanceof GleanerError)) throw error;
        return { gleanerRefused: { code: error.code, words: error.words } };
      });
  }) as Parameters<typeof browser.runtime.onMessage.addListener>[0]);
}

/** Whether the extension's own page sent it, by its address. */
export function isOwnPage(sender: Runtime.MessageSender): boolean {
  return sender.url?.startsWith(browser.runtime.getURL('')) ?? false;
}

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && typeof (message as Envelope).gleaner === 'string';
}

function isRefused(answer: unknown): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'gleanerRefused' in answer;
}
