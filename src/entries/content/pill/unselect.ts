// Takes the page's selection out of the panel. Firefox moves it there when a field gets the focus by keyboard or script, and
// gives every page that asks for it the node in which it is, whichever root that stands in.

/** Whether the selection began or ended within the element's root, or in one below it, and so was removed. */
export function unselect(window: Window, host: Element): boolean {
  const selection = window.getSelection();
  if (selection === null || ![selection.anchorNode, selection.focusNode].some(node => isWithin(node, host)))
    return false;
  selection.removeAllRanges();
  return true;
}

function isWithin(node: Node | null, host: Element): boolean {
  if (node === null) return false;
  // Called past elements of forms, which a page can name like this.
  const root: Node = Node.prototype.getRootNode.call(node);
  return root instanceof ShadowRoot && (root.host === host || isWithin(root.host, host));
}
