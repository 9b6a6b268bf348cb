// The web the inputs of the field speak of: each address another image, but where the case is about a page in its place.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { drawImage } from '../../harness/pictures/pictures';
import type { Host } from '../../harness/web/site';
import { PAGE_ADDRESS, RIGHT } from './right';

/** How a case's own server.mjs answers. */
export type CaseHost = (
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
  image: (name: string) => Buffer,
) => void;

/** What is served at `PAGE_ADDRESS` now. */
export const shown = { page: '' };
/** Hosts whose addresses with these paths are pages, whatever they end in. */
const PAGES: Record<string, RegExp> = {
  'imagehost.example': /./,
  '1.bp.blogspot.com': /\/s1600-h\//,
  // What a shop writes into attributes that are no addresses.
  'www.shop.example': /^\/(?:true|\d[\dx]*|undefined)$/,
};

export function addFieldHosts(hosts: Map<string, Host>, own: Record<string, CaseHost>): void {
  const named = Object.values(RIGHT).flatMap(({ addresses = [] }) => addresses);
  for (const host of [...named.map(address => new URL(address).hostname), ...Object.keys(PAGES)])
    hosts.set(host, (_request, url, response) => {
      if (url.href === PAGE_ADDRESS) html(response, shown.page);
      else if (PAGES[url.hostname]?.test(url.pathname)) html(response, '<!doctype html><p>A page.</p>');
      else image(response, imageOf(url.href));
    });
  for (const [host, answer] of Object.entries(own))
    hosts.set(host, (request, url, response) => answer(request, url, response, imageOf));
}

/** Every name another image. */
function imageOf(name: string): Buffer {
  return drawImage('rings', createHash('sha256').update(name).digest().readUInt16LE() * 8 + 7).bytes;
}

function image(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
}

function html(response: ServerResponse, text: string): void {
  // Also where there is nothing: many hosts say that all is well.
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}
