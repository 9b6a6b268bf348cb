// Mozilla's own check of an extension, a folder or a package.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const LINTER = join(import.meta.dirname, '../../node_modules/addons-linter/bin/addons-linter');

/** Findings that stay, each with the reason why: none today. */
const REASONED: { code: string; file: RegExp; why: string }[] = [];

interface Finding {
  code: string;
  message: string;
  file?: string;
}

export interface LintReport {
  /** Each error, and each warning and notice without a reason, in words. */
  open: string[];
  /** Warnings and notices with their reasons. */
  reasoned: string[];
  /** Of all scripts that were read. */
  scannedBytes: number;
}

/** Throws when the linter does not run, or read nothing, so that its silence would mean nothing. */
export function lint(path: string): LintReport {
  const { stdout, stderr } = spawnSync(process.execPath, [LINTER, '--output', 'json', path], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (!stdout.startsWith('{')) throw new Error(`the linter did not run: ${stderr}`);
  const { errors, warnings, notices, metadata } = JSON.parse(stdout) as Record<
    'errors' | 'warnings' | 'notices',
    Finding[]
  > & { metadata: { totalScannedFileSize: number } };
  const scannedBytes = metadata.totalScannedFileSize;
  if (!(scannedBytes > 1_000_000)) throw new Error(`the linter read ${scannedBytes} bytes of scripts`);
  const words = ({ code, message, file }: Finding) => `${code} in ${file}: ${message}`;
  const report: LintReport = { open: errors.map(words), reasoned: [], scannedBytes };
  for (const finding of [...warnings, ...notices]) {
    const reason = REASONED.find(({ code, file }) => code === finding.code && file.test(finding.file ?? ''));
    if (reason) report.reasoned.push(`${words(finding)} It stays, because ${reason.why}.`);
    else report.open.push(words(finding));
  }
  return report;
}
