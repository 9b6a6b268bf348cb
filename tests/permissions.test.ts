// "Permissions: why" explains every permission the manifests name, in every language, and none that they do not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import chromeManifest from '../manifest.json' with { type: 'json' };
import { firefoxManifest } from '../scripts/build/firefox-manifest';

const LOCALES = join(import.meta.dirname, '../public/_locales');
const MANIFESTS = { chrome: chromeManifest, firefox: firefoxManifest(chromeManifest) };
/** The sentence of all image sites stands for the pattern. */
const sentence = (name: string) => `permission_${name.includes('*') ? 'all_sites' : name}`;

describe.each(Object.entries(MANIFESTS))('the permissions of %s', (_browser, manifest) => {
  const { permissions, optional_host_permissions: hosts, ...rest } = manifest as typeof chromeManifest;

  it.each(readdirSync(LOCALES))('are explained in %s, each and no other', language => {
    const keys = Object.keys(JSON.parse(readFileSync(join(LOCALES, language, 'messages.json'), 'utf8')));
    const explained = keys.filter(key => key.startsWith('permission_')).sort();
    // Only Chrome asks for its side panel; one messages file serves both.
    expect(explained).toEqual([...new Set([...permissions, 'sidePanel', ...hosts])].map(sentence).sort());
  });

  it('ask for no site at install', () => {
    expect(Object.keys(rest)).not.toContain('host_permissions');
    expect([...permissions].filter(name => name.includes(':'))).toEqual([]);
  });
});
