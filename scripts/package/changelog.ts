// What CHANGELOG.md says of one version, for the stores and the release.

/** Throws when the version has no section, or an empty one. */
export function changesOf(changelog: string, version: string): string {
  const start = changelog.indexOf(`\n## [${version}]`);
  if (start < 0) throw new Error(`CHANGELOG.md has no section ## [${version}]`);
  const body = changelog.slice(changelog.indexOf('\n', start + 1) + 1);
  const end = body.search(/^(?:## |\[[^\]]+\]: )/m);
  const text = (end < 0 ? body : body.slice(0, end)).trim();
  if (text === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return text;
}
