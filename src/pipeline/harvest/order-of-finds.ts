// The order finds stand in: as found, the marked ones last; while the user is among them those that stand somewhere stay there.

/**
 * @param urls  of the finds, in the order found, each once
 * @param marked  what is to stand last
 * @param standing  the order that is kept, with new ones after it; empty where all of it may change
 */
export function inOrder(
  urls: readonly string[],
  marked: { has(url: string): boolean },
  standing: readonly string[],
): string[] {
  const all = new Set(urls);
  const stay = new Set(standing.filter(url => all.has(url)));
  const come = urls.filter(url => !stay.has(url));
  return [...stay, ...come.filter(url => !marked.has(url)), ...come.filter(url => marked.has(url))];
}
