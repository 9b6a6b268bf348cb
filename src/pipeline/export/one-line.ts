// A label's name as one line of a list: whatever some reader takes for the end of a line, or of a text, becomes a blank.

/** Python ends lines at `\x1c` to `\x1e` and `\x85` as well, and C ends a text at `\0`; all of them are controls. */
export function oneLine(name: string): string {
  return name.replace(/[\s\p{Cc}]+/gu, ' ');
}
