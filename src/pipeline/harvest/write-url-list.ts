// Writes a label's addresses as plain lines or as CSV.
import type { Candidate } from '../../contract/candidate';

/** One address a line and nothing else: what the browser console's snippet of old gave, and what downloaders read. */
export function writePlainList(candidates: Iterable<Pick<Candidate, 'url'>>): string {
  let text = '';
  for (const { url } of candidates) text += `${url}\n`;
  return text;
}

/** CSV with a header: url, label, title, source_page, width, height. No cell can act as a formula in a spreadsheet. */
export function writeUrlTable(label: string, candidates: Iterable<Candidate>): string {
  let text = 'url,label,title,source_page,width,height\r\n';
  for (const { url, title, sourcePage, width, height } of candidates) {
    text += `${[url, label, title, sourcePage, width, height].map(csvCell).join(',')}\r\n`;
  }
  return text;
}

/** Quoted as RFC 4180 asks; a leading sign that spreadsheets take for a formula is put behind an apostrophe. */
export function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const neutral = /^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(neutral) ? `"${neutral.replaceAll('"', '""')}"` : neutral;
}
