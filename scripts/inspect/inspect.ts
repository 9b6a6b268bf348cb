// Tells what a file or folder is, and hands it to whoever reads that.
import { openAsBlob, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beginsAsHdf5 } from '../../src/formats/hdf5/read';
import { sniff } from '../../src/formats/sniff';
import { looksLikeBackup, openBackup } from '../../src/pipeline/backup/open-backup';
import { check } from '../../src/pipeline/download/check';
import { OWN_LIMITS } from '../../src/pipeline/download/limits';
import { openZip } from '../../src/pipeline/import/open-zip';
import { LONGEST_LIST } from '../../src/pipeline/import/read-list';
import { treeOfArchive } from '../../src/pipeline/import/tree';
import { explainInEnglish } from '../backbone/english';
import { treeOfFolder } from './folder';
import type { Found } from './found';
import { addressWithin } from './page-address';

/** Bytes that tell what a file is. */
const HEAD = 4096;

/** @throws Error  when there is no such file */
export async function inspect(path: string, address?: string): Promise<Found> {
  const isFolder = statSync(path).isDirectory();
  try {
    const name = basename(path);
    return isFolder ? await asClasses(await treeOfFolder(path), name) : await inspectFile(path, name, address);
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Whatever has no name of ours is a fault, which is not hidden.
    if (code === undefined || !(error instanceof Error) || error.name !== 'GleanerError') throw error;
    return { kind: 'refused', reason: code, sentence: explainInEnglish(error), asked: null };
  }
}

async function inspectFile(path: string, name: string, address: string | undefined): Promise<Found> {
  const file = await openAsBlob(path);
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (beginsAsHdf5(head.subarray(0, 8)) || beginsAsSafetensors(head))
    return (await import('./weights')).inspectWeights(path);
  const sniffed = sniff(head);
  if (sniffed.kind !== 'not-image') return inspectImage(file, name);
  if (sniffed.type === 'zip' || beginsAsEmptyZip(head)) return inspectZip(file, name);
  if (isPage(name, sniffed.type, address)) {
    const html = await readFile(path, 'utf8');
    const { inspectPage } = await import('./page');
    return { asked: null, ...inspectPage(html, address ?? addressWithin(html)) };
  }
  const { inspectList } = await import('./list');
  return inspectList(new Uint8Array(await file.slice(0, LONGEST_LIST).arrayBuffer()), name);
}

/** Loaded when it is needed, like all who read one kind of file: decoders and documents take a second to load. */
async function asClasses(...of: Parameters<typeof import('./classes').inspectClasses>): Promise<Found> {
  return (await import('./classes')).inspectClasses(...of);
}

async function inspectZip(file: Blob, name: string): Promise<Found> {
  const archive = await openZip(file);
  if (!looksLikeBackup(archive)) return asClasses(treeOfArchive(archive), name.replace(/\.zip$/i, ''), archive.page);
  const backup = await openBackup(archive, OWN_LIMITS.bytes, new AbortController().signal);
  const images = new Map(backup.labels.map(label => [label.id, { name: label.name, count: 0 }]));
  for await (const { row } of backup.images()) {
    const label = images.get(row.labelId);
    if (label) label.count++;
  }
  return {
    kind: 'backup',
    labels: Object.fromEntries([...images.values()].map(label => [label.name, label.count])),
    counts: backup.counts,
    asked: null,
  };
}

async function inspectImage(file: Blob, name: string): Promise<Found> {
  const checked = check(new Uint8Array(await file.arrayBuffer()), OWN_LIMITS.minSide, OWN_LIMITS);
  if (!checked.ok) return { kind: 'refused', reason: checked.reason, detail: checked.detail, file: name, asked: null };
  const { width, height, frames } = checked.header;
  return { kind: 'picture', type: checked.type, width, height, frames, asked: null };
}

/** A length of eight bytes, and JSON behind it. */
function beginsAsSafetensors(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return head.length > 10 && head[8] === 0x7b && head[9] === 0x22 && view.getBigUint64(0, true) < 100_000_000n;
}

function beginsAsEmptyZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 5 && head[3] === 6;
}

/** A page by its name or by its markup; a list may be written in HTML as well, if its name says so. */
function isPage(name: string, type: string, address: string | undefined): boolean {
  if (/\.x?html?$/i.test(name)) return true;
  const isList = /\.(?:txt|csv|tsv|jsonl?|ndjson|md)$/i.test(name);
  return !isList && (type === 'html' || address !== undefined);
}
