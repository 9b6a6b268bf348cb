// Awkward files on well-behaved hosts: some the test makes, and those of ../shared/odd-images where that folder is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { seededRandom } from '../../../harness/pictures/random';
import type { Host } from '../../../harness/web/site';
import type { Reason } from '../../../src/contract/job';

export interface OddFile {
  name: string;
  bytes: Buffer;
  /** The ends it may come to; browsers differ in what they still decode. Not said for files of others. */
  ends?: readonly ('stored' | Reason)[];
}

const FOLDER = join(import.meta.dirname, '../../../../shared/odd-images');
/** Enough that none is asked more often than it may be. */
const HOSTS = 40;

const HALF_READ = ['stored', 'undecodable'] as const;
const html = Buffer.from('<!doctype html><title>Not here</title>');

const OWN: OddFile[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (orientation): OddFile => ({ name: `turned-${orientation}.jpg`, bytes: turned(orientation), ends: ['stored'] }),
  ),
  { name: 'trailing.jpg', bytes: Buffer.concat([noise(20), Buffer.from('PK\x03\x04 and more')]), ends: ['stored'] },
  { name: 'wrong-name.png', bytes: noise(21), ends: ['stored'] },
  { name: 'cut.jpg', bytes: noise(22).subarray(0, 900), ends: HALF_READ },
  { name: 'cut.png', bytes: png(64, 64).subarray(0, 90), ends: HALF_READ },
  { name: 'text-bomb.png', bytes: withChunk(png(64, 64), 'zTXt', textBomb()), ends: HALF_READ },
  { name: 'pixel-bomb.png', bytes: sized(png(64, 64), 30_000, 30_000), ends: ['too-many-pixels'] },
  { name: 'ribbon.png', bytes: png(4000, 40), ends: ['too-narrow'] },
  { name: 'small.png', bytes: png(8, 8), ends: ['too-small'] },
  { name: 'no-width.png', bytes: sized(png(64, 64), 0, 64), ends: ['undecodable'] },
  { name: 'page.jpg', bytes: html, ends: ['not-an-image'] },
  { name: 'paper.jpg', bytes: Buffer.from('%PDF-1.7'), ends: ['not-an-image'] },
  { name: 'drawing.jpg', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), ends: ['type-refused'] },
  { name: 'phone.heic', bytes: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1'), ends: ['type-refused'] },
  { name: 'empty.jpg', bytes: Buffer.alloc(0), ends: ['empty'] },
];

/** All files; those of others are left out where they are not. */
export function oddFiles(): OddFile[] {
  const others = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => name !== 'MANIFEST.txt') : [];
  return [...OWN, ...others.map(name => ({ name, bytes: readFileSync(join(FOLDER, name)) }))];
}

export const oddAddress = (number: number) => `https://img.odd${number % HOSTS}.example/${number}`;

export function addOddHosts(hosts: Map<string, Host>, files: OddFile[]): void {
  const host: Host = (_request, url, response) => {
    const file = files[Number(url.pathname.slice(1))];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': file.bytes.length }).end(file.bytes);
  };
  for (let i = 0; i < HOSTS; i++) hosts.set(`img.odd${i}.example`, host);
}

/** A JPEG of 80 × 60, unlike those of other seeds. */
function noise(seed: number): Buffer {
  const random = seededRandom(seed);
  const data = Buffer.alloc(80 * 60 * 4);
  for (let at = 0; at < data.length; at++) data[at] = random.whole(0, 255);
  return jpeg.encode({ width: 80, height: 60, data }, 60).data;
}

/** A JPEG whose EXIF tag says how it is to be turned. */
function turned(orientation: number): Buffer {
  const plain = noise(orientation);
  const exif = Buffer.from('4578696600004d4d002a00000008000101120003000000010000000000000000', 'hex');
  exif.writeUInt16BE(orientation, 24);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
}

function png(width: number, height: number): Buffer {
  const image = new PNG({ width, height });
  const random = seededRandom(width * 10_000 + height);
  for (let at = 0; at < image.data.length; at++) image.data[at] = at % 4 === 3 ? 255 : random.whole(0, 255);
  return PNG.sync.write(image);
}

/** The same PNG with another size in its header; its checksum no longer fits. */
function sized(file: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  return changed;
}

/** A chunk put in behind the PNG's header. Readers skip text with a wrong checksum. */
function withChunk(file: Buffer, type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([file.subarray(0, 33), head, data, Buffer.alloc(4), file.subarray(33)]);
}

/** 64 MB of text in some kilobytes. */
function textBomb(): Buffer {
  return Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(64 * 1024 ** 2, 'a'))]);
}
