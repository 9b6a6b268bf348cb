// What the stores get: texts within their limits, a reason for each permission, screens of their size, manifests of their browser.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import sharedManifest from '../../manifest.json' with { type: 'json' };
import { manifestForChrome } from '../../scripts/build/chrome-manifest';
import { firefoxManifest } from '../../scripts/build/firefox-manifest';
import {
  askedFor,
  chromeForm,
  STORE_LANGUAGES,
  storeAnswers,
  storeFaults,
  storeText,
} from '../../scripts/package/store-texts';
import { ROOT } from '../sources';

describe('the texts', () => {
  it('are all there, and as long as the stores take', () => expect(storeFaults(ROOT)).toEqual([]));

  it('would be refused when one is missing or too long', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gleaner-store-'));
    try {
      cpSync(join(ROOT, 'store'), join(folder, 'store'), { recursive: true });
      cpSync(join(ROOT, 'public/_locales'), join(folder, 'public/_locales'), { recursive: true });
      writeFileSync(join(folder, 'store/de/summary.txt'), 'ä'.repeat(251));
      writeFileSync(join(folder, 'store/en/description.txt'), '\n');
      const answers = JSON.parse(readFileSync(join(folder, 'store/answers.json'), 'utf8'));
      delete answers.permissions.alarms;
      writeFileSync(join(folder, 'store/answers.json'), JSON.stringify(answers));
      expect(storeFaults(folder)).toEqual([
        'alarms is missing',
        'en: description.txt is missing',
        'de: summary.txt has 251 characters, and the store takes 250',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('give a reason for each permission Chrome asks about, and for no other', () => {
    const asked = askedFor();
    expect(Object.keys(storeAnswers(ROOT).permissions).sort()).toEqual([...asked].sort());
    expect(asked).toEqual(expect.arrayContaining(['scripting', '*://*/*']));
    const form = chromeForm(ROOT);
    const fields = [...form.matchAll(/^(\S+|Host permission) justification$/gm)].map(([, name]) => name);
    expect(fields).toEqual(asked.map(name => (name === '*://*/*' ? 'Host permission' : name)));
  });

  it.each(STORE_LANGUAGES)(
    'say in %s what the other language says: as many parts, none in capitals alone twice',
    language => {
      const parts = (name: string, of: string) => storeText(ROOT, `${of}/${name}`).split(/\n{2,}/).length;
      for (const name of ['description.txt', 'privacy.md']) expect(parts(name, language), name).toBe(parts(name, 'en'));
    },
  );
});

describe.each(STORE_LANGUAGES)('the screens in %s', language => {
  const folder = join(ROOT, 'store', language, 'screenshots');

  it('are five at most, of the size both stores take, and without alpha', async () => {
    const names = readdirSync(folder);
    expect(names).toEqual(['1-labels.jpg', '2-search.jpg', '3-dataset.jpg', '4-try.jpg', '5-report.jpg']);
    for (const name of names) {
      const { width, height, hasAlpha, format } = await sharp(join(folder, name)).metadata();
      expect({ width, height, hasAlpha, format }, name).toEqual({
        width: 1280,
        height: 800,
        hasAlpha: false,
        format: 'jpeg',
      });
    }
  });
});

it("Chrome's tile has its size", async () => {
  expect(existsSync(join(ROOT, 'store/tile.png'))).toBe(true);
  const { width, height, hasAlpha } = await sharp(join(ROOT, 'store/tile.png')).metadata();
  expect({ width, height, hasAlpha }).toEqual({ width: 440, height: 280, hasAlpha: false });
});

describe('the manifests', () => {
  const chrome: Record<string, unknown> = manifestForChrome(sharedManifest);
  const firefox = firefoxManifest(sharedManifest);

  it("have none of the other browser's keys", () => {
    for (const key of ['browser_specific_settings', 'sidebar_action']) expect(chrome).not.toHaveProperty(key);
    for (const key of ['minimum_chrome_version', 'externally_connectable', 'side_panel', 'key', 'update_url'])
      expect(firefox).not.toHaveProperty(key);
    expect(chrome.background).not.toHaveProperty('scripts');
    expect(firefox.background).not.toHaveProperty('service_worker');
  });

  it('allow no code from elsewhere', () => {
    for (const { content_security_policy: policy } of [chrome, firefox]) {
      const pages = (policy as { extension_pages: string }).extension_pages;
      expect(/script-src ([^;]*)/.exec(pages)?.[1]).toBe("'self' 'wasm-unsafe-eval'");
      expect(pages).toContain("default-src 'none'");
    }
  });
});
