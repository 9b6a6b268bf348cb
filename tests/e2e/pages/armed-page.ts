// Pages that are up to something: one full of what runs or loads when a copy of it is opened, and one that wants the panel.
import { PRYING } from './strict-page';

/** The host whose requests would show that something was loaded. */
export const TRACKER = 'tracker.example';
const RUN = 'top.ran = 1';
const at = (name: string) => `https://${TRACKER}/${name}`;

/** A results page whose layout is unknown, so that a copy of it is asked for. */
export function armedPage(): string {
  const tiles = Array.from(
    { length: 3 },
    (_, i) => `<div data-docid="doc${i}ABCDEFGHI" data-lpage="${at('page')}"></div>`,
  );
  return `<!doctype html><html onclick="${RUN}"><head><meta charset="utf-8"><title>armed</title>
<meta http-equiv="refresh" content="1; url=${at('refresh')}#${'x'.repeat(9)}">
<base href="${at('base/')}"><link rel="preload" as="image" href="${at('preload')}"><link rel="stylesheet" href="${at('sheet')}">
<link rel="prefetch" href="${at('prefetch')}"><link rel="icon" href="${at('icon')}">
<style>body { background: url(${at('style')}) }</style></head><body onload="${RUN}" background="${at('background')}">
<header aria-label="Account: default-src (ada@example.com)"><b>Content-Security-Policy</b></header>
<div id="rso">${tiles.join('')}</div>
<script>${RUN}; var record = "${at('record')}";</script><script src="${at('script')}"></script>
<script type="module">${RUN}; import("${at('module')}");</script><script type="speculationrules">{"prefetch":[{"urls":["${at('rules')}"]}]}</script>
<img src="${at('image')}" srcset="${at('srcset')} 2x" onerror="${RUN}"><picture><source srcset="${at('source')}"><img src="data:," onerror="${RUN}"></picture>
<input type="image" src="${at('input')}"><table background="${at('table')}"><tr><td>x</table>
<video src="${at('video')}" poster="${at('poster')}" autoplay></video><audio src="${at('audio')}" autoplay></audio>
<object data="${at('object')}"></object><embed src="${at('embed')}">
<iframe src="${at('frame')}"></iframe><iframe srcdoc="<script>${RUN}</script><img src='${at('srcdoc')}'>"></iframe>
<form id="send" action="${at('form')}"><button id="button" formaction="${at('button')}">Go</button></form>
<a id="link" href="javascript:${RUN}">one</a> <a id="tabbed" href="java&#9;script:${RUN}">two</a> <a id="data" href="data:text/html,<script>${RUN}</script>">three</a>
<a id="ping" href="#here" ping="${at('ping')}">four</a>
<svg width="9" height="9"><script>${RUN}</script><image href="${at('svg')}" xlink:href="${at('xlink')}"/><use href="${at('use')}#x"/>
<a href="#" id="drawn"><animate attributeName="href" values="javascript:${RUN}" fill="freeze"/><rect width="9" height="9" fill="url(${at('paint')}#x)" filter="url(${at('filter')}#x)"/></a>
<foreignObject><img src="${at('foreign')}" onerror="${RUN}"></foreignObject></svg>
<math><maction actiontype="statusline" href="javascript:${RUN}">m</maction></math>
<template><img src="${at('template')}"></template><noscript><img src="${at('noscript')}"></noscript>
<xmp><img src="${at('xmp')}"></xmp><div style="background: url(${at('inline')})">y</div>
<script>
  const script = document.createElement('script');
  script.type = 'text/plain';
  script.textContent = 'https://x.test <!-- <script> </' + 'script><img src="${at('broken')}" onerror="${RUN}">';
  document.body.append(script);
  const svg = document.querySelector('svg');
  svg.setAttributeNS(null, 'ONLOAD', '${RUN}');
  // Elements that are nothing here and something in a file, where namespaces and the case of names are lost.
  const root = document.documentElement;
  const foreign = (name, attributes, text = '') => {
    const made = document.createElementNS('urn:x', name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(text);
    root.append(made);
  };
  root.prepend(document.createElementNS('urn:x', 'p:head'));
  foreign('SCRIPT', {}, '${RUN}; "${at('capitals')}"');
  foreign('META', { 'http-equiv': 'refresh', content: '1; url=${at('foreign-refresh')}' });
  foreign('BASE', { href: '${at('foreign-base')}/' });
  foreign('LINK', { rel: 'stylesheet', href: '${at('foreign-sheet')}' });
  foreign('STYLE', {}, 'body { background: url(${at('foreign-style')}) }');
  foreign('IFRAME', { src: '${at('foreign-frame')}' });
  foreign('OBJECT', { data: '${at('foreign-object')}' });
  foreign('TEXTAREA', { title: '</textarea><script>${RUN}</' + 'script>' });
  // What reads the copy again before it is saved is not the page, whose strings may become no markup from here on.
  const strict = document.createElement('meta');
  strict.httpEquiv = 'Content-Security-Policy';
  strict.content = "require-trusted-types-for 'script'";
  document.head.append(strict);
</script></body></html>`;
}

/** An ordinary page with images that has been listening all along. */
export function pryingPage(images: string[]): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>prying</title><link rel="icon" href="data:,">
<script>window.notes = { reached: [], constructed: [] };${PRYING}</script></head><body><h1>Prizes</h1>
${images.map(address => `<a href="${address}"><img src="${address}" width="90" height="90" alt=""></a>`).join('')}</body></html>`;
}
