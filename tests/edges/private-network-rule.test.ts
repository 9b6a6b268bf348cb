// The browser's rules against private networks: in place before anything is asked, and nobody else's business.
import { beforeEach, expect, it, vi } from 'vitest';

type Rule = { id: number; condition?: { initiatorDomains?: string[]; regexFilter?: string } };
const session: Rule[] = [];
const host = { takesRules: true, access: true };
vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: { getURL: (path: string) => `moz-extension://own-id/${path}` },
    permissions: {
      contains: async () => host.access,
      onAdded: { addListener: () => undefined },
      onRemoved: { addListener: () => undefined },
    },
    declarativeNetRequest: {
      getSessionRules: async () => [...session],
      updateSessionRules: async ({
        removeRuleIds = [],
        addRules = [],
      }: {
        removeRuleIds?: number[];
        addRules?: Rule[];
      }) => {
        if (!host.takesRules && addRules.length > 0) throw new Error('no such rule');
        for (const id of removeRuleIds) {
          const at = session.findIndex(rule => rule.id === id);
          if (at >= 0) session.splice(at, 1);
        }
        session.push(...addRules);
      },
    },
  },
}));

beforeEach(() => {
  session.length = 0;
  host.takesRules = true;
  host.access = true;
  vi.resetModules();
});

const inits: (RequestInit | undefined)[] = [];
const asking: typeof fetch = async (_address, init) => {
  inits.push(init);
  return new Response('picture');
};
const fetched = async () => {
  inits.length = 0;
  const { fetchGuarded } = await import('../../src/edges/fetch-guarded');
  return fetchGuarded('https://img.example.com/a.jpg', { honourOptOut: true, fetch: asking });
};

it('stands before the first request, for our own requests only', async () => {
  expect((await fetched()).ok).toBe(true);
  expect(session.length).toBeGreaterThan(0);
  for (const { condition } of session) expect(condition?.initiatorDomains).toEqual(['own-id']);
  expect(session.some(({ condition }) => new RegExp(condition?.regexFilter ?? '').test('http://10.0.0.7/x'))).toBe(
    true,
  );
  expect(inits).toMatchObject([{ redirect: 'follow' }]);
});

it('asks nobody while the browser does not take the rules, and tries again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  host.takesRules = false;
  expect(await fetched()).toMatchObject({ ok: false, outcome: { kind: 'retry', reason: 'network' } });
  expect(inits).toEqual([]);
  host.takesRules = true;
  expect((await fetched()).ok).toBe(true);
});

it('follows no redirect with access to a few sites only, which the rules cannot see beyond', async () => {
  host.access = false;
  await fetched();
  expect(inits).toMatchObject([{ redirect: 'manual' }]);
});

it('stays when left-over Referer rules are cleared', async () => {
  await fetched();
  const rules = [...session];
  session.push({ id: 1 }, { id: 1000 });
  const { clearRefererRules } = await import('../../src/edges/referer-rule');
  await clearRefererRules();
  expect(session).toEqual(rules);
});
