// The demo's web: one TLS server on loopback that answers for many real host names, and the proxy Firefox reaches it by.
import { createServer as createProxy, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import type { SiteAddress } from '../browsers/driver';
import { siteCertificate } from './certificate';

/** Answers one request of a host. Throwing gives 500. */
export type Host = (request: IncomingMessage, url: URL, response: ServerResponse) => void | Promise<void>;

export interface Site extends SiteAddress {
  /** Every request in order, as `host/path`; the search part is left out. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts to answer for the hosts on free ports of 127.0.0.1. */
export async function startSite(hosts: Map<string, Host>): Promise<Site> {
  const names = [...hosts.keys()];
  const { key, cert, authority, keyHash } = await siteCertificate(names);
  const requests: string[] = [];
  const server = createServer({ key, cert }, async (request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    requests.push(url.host + url.pathname);
    try {
      const host = hosts.get(url.hostname);
      if (host === undefined) response.writeHead(421).end();
      else await host(request, url, response);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  const port = await listen(server);
  const proxy = createProxy((_request, response) => response.writeHead(502).end());
  proxy.on('connect', (request: IncomingMessage, client: Socket) => tunnel(request, client, names, port));
  const proxyPort = await listen(proxy);
  const sockets = new Set<Socket>();
  for (const one of [server, proxy]) {
    one.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  }
  return {
    hosts: names,
    port,
    proxyPort,
    authority,
    keyHash,
    requests,
    async close() {
      const ended = Promise.all([server, proxy].map(one => new Promise(resolve => one.close(resolve))));
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

/** Joins the browser to the site when it asks for one of its hosts, and refuses everything else. */
function tunnel(request: IncomingMessage, client: Socket, hosts: string[], port: number): void {
  client.on('error', () => client.destroy());
  const [host, wanted] = (request.url ?? '').split(':');
  if (wanted !== '443' || !hosts.includes(host ?? '')) {
    client.end('HTTP/1.1 502 Unknown host\r\n\r\n');
    return;
  }
  const upstream = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connected\r\n\r\n');
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
