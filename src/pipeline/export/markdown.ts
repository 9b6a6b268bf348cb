// Words of strangers in the Markdown this writes: nothing in them is read as Markdown or HTML.

/**
 * A text on one line, for use between other words: what Markdown or HTML give a meaning stands as a character reference.
 * Letters, figures, spaces and the punctuation of plain names stay as they are, so that the source can be read too.
 */
export function inMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      // A dot within a word may make an address, which some viewers turn into a link.
      .replace(/[!"#$%&*/:;<=>?@[\\\]^_`{|}~]|\.(?=\S)/g, match => `&#${match.charCodeAt(0)};`)
      // At the start of a line these begin a heading, a list or a quotation.
      .replace(/^[-+.)\d ]+/, start => start.replace(/[-+.)]/g, match => `&#${match.charCodeAt(0)};`))
  );
}

/**
 * Names as a list in the notation JSON, JavaScript and Python share, for a block of code: no character of it ends the block,
 * and none is one a viewer takes for HTML that does not know blocks of code.
 */
export function asCode(names: readonly string[]): string {
  return JSON.stringify(names).replace(
    /[`<>&\u2028\u2029]/g,
    match => `\\u${match.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
