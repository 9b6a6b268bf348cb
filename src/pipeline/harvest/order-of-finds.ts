// The order finds stand in: as found, what is marked last; while the user is among them those that stand somewhere stay there.

/**
 * @param urls  of the finds, in the order found, each once
 * @param rank  of a find: those of a lower one stand first
 * @param standing  the order that is kept, with new ones after it; empty where all of it may change
 */
export function inOrder(urls: readonly string[], rank: (url: string) => number, standing: readonly string[]): string[] {
  const all = new Set(urls);
  const stay = new Set(standing.filter(url => all.has(url)));
  const come = urls.filter(url => !stay.has(url)).map(url => ({ url, rank: rank(url) }));
  return [...stay, ...come.sort((a, b) => a.rank - b.rank).map(({ url }) => url)];
}
