// A Referer goes out only when the user has said so: before, and after a no, hosts that want one hear of no page.
import { describe, expect, it, vi } from 'vitest';
import type { Job } from '../../src/contract/job';
import { DEFAULT_SETTINGS, REFERER_CHOICES, type Settings } from '../../src/contract/settings';
import { download } from '../../src/entries/background/download';
import type { ImageTaker } from '../../src/entries/background/take-image';
import { outcomeOfStatus } from '../../src/pipeline/download/status';

const stored: { settings?: Partial<Settings> } = {};
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: { get: async () => stored },
      onChanged: { addListener: () => undefined },
    },
  },
}));

const PAGE = 'https://gallery.example/page';

/** One attempt at an image whose host answers with `status` unless told the page. */
async function attempt(status: number, sendReferer: Settings['sendReferer'], sourcePage: string | undefined) {
  const told: string[] = [];
  const candidate = { url: 'https://img.example/1.jpg', ...(sourcePage === undefined ? {} : { sourcePage }) };
  const job = { id: 'x', labelId: 'l', harvestId: 'h', candidate, provenance: {} } as Job;
  const taker = { gaveUp: async () => false, take: async () => ({ kind: 'stored' }) } as unknown as ImageTaker;
  const tools = {
    settings: async () => ({ ...DEFAULT_SETTINGS, sendReferer }),
    hasAccessTo: async () => true,
    now: () => 0,
    random: () => 0,
    fetchImage: async () => {
      if (told.length > 0) return { ok: true, body: new Uint8Array(1) };
      return { ok: false, status, outcome: outcomeOfStatus(status, null, 0) as never };
    },
    withReferer: async (_address: string, page: string, request: () => Promise<unknown>) => {
      told.push(page);
      return request();
    },
  } as unknown as Parameters<typeof download>[2];
  const end = await download(job, taker, tools, () => undefined);
  return { told, reason: end.kind === 'ended' && 'reason' in end.outcome ? end.outcome.reason : end.kind };
}

describe('a host that refuses a picture', () => {
  it.each([401, 403])(
    'is told no page while the user was not asked (%i), and the download says what would mend it',
    async status => {
      expect(await attempt(status, 'ask', PAGE)).toEqual({ told: [], reason: 'page-wanted' });
    },
  );

  it('is told no page after a no', async () => {
    expect(await attempt(403, 'never', PAGE)).toEqual({ told: [], reason: 'forbidden' });
    expect(await attempt(404, 'never', PAGE)).toEqual({ told: [], reason: 'not-found' });
  });

  it.each([401, 403, 404])('is told the page after a yes (%i)', async status => {
    expect(await attempt(status, 'always', PAGE)).toEqual({ told: [PAGE], reason: 'stored' });
  });

  it('gives no reason to ask where no page could be told, or the picture is gone', async () => {
    expect(await attempt(403, 'ask', undefined)).toEqual({ told: [], reason: 'forbidden' });
    expect(await attempt(403, 'ask', 'http://192.168.1.1/')).toEqual({ told: [], reason: 'forbidden' });
    expect(await attempt(404, 'ask', PAGE)).toEqual({ told: [], reason: 'not-found' });
    expect(await attempt(451, 'ask', PAGE)).toEqual({ told: [], reason: 'forbidden' });
    expect(await attempt(500, 'always', PAGE)).toEqual({ told: [], reason: 'http-error' });
  });
});

it('is asked about where settings were kept before there was the question', async () => {
  const { sendReferer: _sendReferer, ...old } = DEFAULT_SETTINGS;
  stored.settings = { ...old, minSide: 48 };
  const { readSettings } = await import('../../src/edges/settings');
  expect(await readSettings()).toMatchObject({ minSide: 48, sendReferer: 'ask' });
  expect(REFERER_CHOICES).toContain(DEFAULT_SETTINGS.sendReferer);
});
