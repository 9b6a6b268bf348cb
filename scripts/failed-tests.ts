// Which tests failed and why, in few lines: the full report of a long run is far above the end of its log.
import { readFileSync } from 'node:fs';

interface JsonReport {
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

const MOST_LINES = 14;
/** The colours a terminal is given, and frames of the call stack. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the colours' own first character.
const COLOUR = /\u001b\[[0-9;]*m/g;
const FRAME = /^\s+at /;

/** Reads what vitest's JSON reporter wrote; a paragraph for each test or file that failed. */
export function failedTests(path: string): string[] {
  let report: JsonReport;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return [`The report of the tests cannot be read: ${error}`];
  }
  return report.testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message ? [`${name}\n${brief(message)}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}\n${brief(failureMessages?.join('\n') ?? '')}`),
  ]);
}

function brief(message: string): string {
  const lines = message
    .replace(COLOUR, '')
    .split('\n')
    .filter(line => line.trim() !== '' && !FRAME.test(line));
  return lines
    .slice(0, MOST_LINES)
    .map(line => `    ${line.slice(0, 300)}`)
    .join('\n');
}
