// Firefox's way to the demo site: a proxy script that sends the site's hosts, and only those, through the site's proxy.
import type { SiteAddress } from './driver';

/** A `data:` address of the script. Without network all other names go to the proxy as well, which refuses them. */
export function proxyScript({ hosts, proxyPort }: SiteAddress, network: boolean): string {
  const proxy = `PROXY 127.0.0.1:${proxyPort}`;
  const script = `const hosts = ${JSON.stringify(Object.fromEntries(hosts.map(host => [host, 1])))};
function FindProxyForURL(url, host) { return hosts[host] === 1 ? '${proxy}' : '${network ? 'DIRECT' : proxy}'; }`;
  return `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(script)}`;
}
