// Finds in a copied page who is signed in: the parts that show it, and the names that stand there.
import { parentOf, plain } from '../unclobbered';
import { MOST_NAMES, shownName } from './redact';

/** Where pages show who is signed in. */
const ACCOUNT =
  '[aria-label*="account" i], [aria-label*="@"], [title*="@"], [href*="://accounts." i], [href*="://myaccount." i], [href*="logout" i], [href*="signout" i], [data-email], [data-user-name], [class*="username" i]';
/** A part of the page larger than this is no account button, whatever it is called. */
const ACCOUNT_ELEMENTS = 60;
const NAMING = ['aria-label', 'title', 'alt', 'data-name', 'data-user-name'];

/** Takes the parts out below the root and gives back their names. Every element is met once, also where parts lie in parts. */
export function takeAccount(root: Element): Set<string> {
  const all = [...root.querySelectorAll('*')];
  const boxes = new Set<Element>(root.querySelectorAll(ACCOUNT));
  const within = new Set<Element>();
  const names = new Set<string>();
  for (const node of all) {
    const parent = parentOf(node);
    if (!boxes.has(node) && (parent === null || !within.has(parent))) continue;
    within.add(node);
    for (const name of namesOf(plain(node))) if (names.size < MOST_NAMES) names.add(name);
  }
  // Children stand behind their parents, so that from the end each is complete when it is added to its own.
  const below = new Map<Element, number>();
  for (const node of all.reverse()) {
    const parent = parentOf(node);
    if (parent !== null) below.set(parent, (below.get(parent) ?? 0) + (below.get(node) ?? 0) + 1);
  }
  for (const box of boxes) if ((below.get(box) ?? 0) <= ACCOUNT_ELEMENTS) plain(box).remove();
  return names;
}

/** Names a page shows beside an e-mail address or in an account button: "Google Account: Ada Example (ada@…)". */
function namesOf(node: Element): string[] {
  const names: string[] = [];
  for (const attribute of NAMING) {
    const value = node.getAttribute(attribute);
    if (!value || value.length > 200) continue;
    const shown = shownName(value) ?? (attribute.startsWith('data-') ? value : '');
    if (shown.trim().length >= 3) names.push(shown.trim());
  }
  return names;
}
