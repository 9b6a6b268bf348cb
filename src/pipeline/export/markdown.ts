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
 * A text as YAML for the head of a file: in quotes, so that it is words whatever it looks like. All but letters, figures, blanks
 * and a few marks is written by its number, because some viewers know no heads and take them for Markdown.
 */
export function asYaml(text: string): string {
  return `"${text.replace(/[^\p{L}\p{M}\p{N} ,'()-]/gu, byNumber)}"`;
}

function byNumber(character: string): string {
  const number = character.codePointAt(0)!.toString(16);
  return number.length > 4 ? `\\U${number.padStart(8, '0')}` : `\\u${number.padStart(4, '0')}`;
}
