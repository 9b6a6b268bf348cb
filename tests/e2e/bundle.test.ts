// What is shipped: no code from elsewhere, no code made of text, nothing open to pages, and the permissions as agreed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { BUILD_TARGETS, distFolder } from '../../scripts/build-extension';
import { firefoxManifest } from '../../scripts/firefox-manifest';

const AGREED = { chrome: manifest, firefox: firefoxManifest(manifest) };
/** Code made of text, and code fetched from an address. */
const FOREIGN = [/\beval\s*\(/, /\bnew\s+Function\s*\(/, /\b(?:import|importScripts)\s*\(\s*['"`]\s*(?:https?:)?\/\//];

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
  });
});
