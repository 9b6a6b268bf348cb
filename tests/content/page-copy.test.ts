// @vitest-environment jsdom
// The copy for a bug report keeps the layout and the records, and nothing of the person.
import { describe, expect, it, vi } from 'vitest';
import { takeAccount } from '../../src/entries/content/saved-page/account';
import { readsInert } from '../../src/entries/content/saved-page/make-inert';
import { pageCopy } from '../../src/entries/content/saved-page/page-copy';
import { redact } from '../../src/entries/content/saved-page/redact';

const RECORD = '["d0cId",["https:\\/\\/thumb.test\\/1",90,120],["https://full.test/cat%20one.jpg",900,1200]]';

describe('the copy of a page', () => {
  document.head.innerHTML = '<meta name="csrf-token" content="s3cretvalue"><style>b{}</style>';
  document.body.innerHTML = `
    <a href="https://accounts.search.test/x" aria-label="Search Account: Ada Q. Example  (ada.example@mail.test)"><img alt="Ada Q. Example"></a>
    <p>Hello Ada Q. Example, wrote bob+x@sub.mail.test</p>
    <input value="my search"><textarea>typed</textarea>
    <div class="tile" data-docid="d0cId" onclick="steal()"><a href="/imgres?imgurl=https://full.test/cat.jpg&amp;ei=AbCdEf123456&amp;w=9">cat</a></div>
    <img src="data:image/jpeg;base64,AAAABBBBCCCC"><iframe src="https://ads.test"></iframe>
    <!-- user 12345 -->
    <script>var x={"SNlM0e":"AJxyz0123456789abcdefghijklmnop:1700000000000","r":${RECORD},"sessionToken":"abc123def456"}</script>
    <script>trackEverything('no address here')</script>
    <script>var j="eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc http://x.test"</script>`;
  const own = document.documentElement.appendChild(document.createElement('div'));
  own.textContent = 'our panel';
  const copy = pageCopy(document, own);

  it('keeps tiles and records', () => {
    expect(copy).toContain(RECORD);
    expect(copy).toContain('data-docid="d0cId"');
    expect(copy).toContain('imgurl=https://full.test/cat.jpg');
  });

  it.each([
    'Ada Q. Example',
    '@mail.test',
    '@sub.mail.test',
    's3cretvalue',
    'AJxyz',
    'abc123def456',
    'AbCdEf123456',
    'eyJhbGci',
    'my search',
    'typed',
    'steal()',
    'AAAABBBB',
    'ads.test',
    'user 12345',
    'trackEverything',
    'our panel',
  ])('has lost %j', secret => {
    expect(copy).not.toContain(secret);
  });

  it('leaves the page itself as it was', () => {
    expect(document.querySelector('input')?.value).toBe('my search');
    expect(document.querySelector('iframe')).not.toBeNull();
    expect(own.isConnected).toBe(true);
  });
});

describe('the saved file', () => {
  const RUN = 'document.documentElement.dataset.ran=1';
  /** Opened as a browser opens it, but for what runs. */
  const opened = (body: string, head = '') => {
    const page = document.implementation.createHTMLDocument('');
    page.documentElement.innerHTML = `<head>${head}</head><body>${body}</body>`;
    return new DOMParser().parseFromString(pageCopy(page, page.createElement('div')), 'text/html');
  };

  it('begins with a policy that allows nothing, whatever the page is called or put first', () => {
    const page = document.implementation.createHTMLDocument('');
    page.documentElement.prepend(page.createElement('script'));
    page.body.innerHTML =
      '<b aria-label="Account: default-src (a@b.test)">x</b><b aria-label="Account: http-equiv (a@b.test)">y</b>';
    const copy = pageCopy(page, page.createElement('div'));
    const { head } = new DOMParser().parseFromString(copy, 'text/html');
    expect(head.firstElementChild?.outerHTML).toBe(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">`,
    );
    expect(copy.indexOf('<script')).toBeGreaterThan(copy.indexOf('Content-Security-Policy'));
  });

  it.each([
    ['a script', `<script>${RUN}; "https://x.test"</script>`],
    ['a script of a drawing', `<svg><script href="https://x.test/s">${RUN}; "https://x.test"</script></svg>`],
    ['a handler', `<b onclick="${RUN}" ONLOAD="${RUN}">x</b>`],
    [
      'a link that runs',
      `<a href="javascript:${RUN}">x</a><a href=" java\tscript:${RUN}">x</a><area href="vbscript:${RUN}">`,
    ],
    ['a link to a page in itself', `<a href="data:text/html,<script>${RUN}</script>">x</a>`],
    ['a link of a drawing', `<svg><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`],
    [
      'a link that is put in later',
      `<svg><a><animate attributeName="href" values="javascript:${RUN}"/><set attributeName="href" to="javascript:${RUN}"/></a></svg>`,
    ],
    ['a frame', `<iframe srcdoc="<script>${RUN}</script>" src="https://x.test/f"></iframe>`],
    ['a form', '<form action="https://x.test/a"><button formaction="https://x.test/b">x</button></form>'],
    [
      'a picture',
      '<img src="https://x.test/i" srcset="https://x.test/j 2x"><svg><image href="https://x.test/k"/></svg>',
    ],
    ['a drawing with paint from elsewhere', '<svg><rect fill="url(https://x.test/p#a)"/></svg>'],
    [
      'media',
      '<video src="https://x.test/v" poster="https://x.test/w"></video><object data="https://x.test/o"></object>',
    ],
    [
      'text by rules of its own',
      `<xmp><img src=x onerror="${RUN}"></xmp><noembed><img src="https://x.test/n"></noembed>`,
    ],
  ])('has nothing that runs or loads: %s', (_what, body) => {
    const doc = opened(body);
    const active =
      'iframe, object, embed, video, audio, link, base, style, animate, set, xmp, noembed, script:not([type="text/plain"])';
    expect([...doc.querySelectorAll(active)]).toEqual([]);
    for (const node of doc.querySelectorAll('*')) {
      for (const { name, value } of node.attributes) {
        expect(name).not.toMatch(/^on|^(?:src|srcset|action|formaction|poster|data|ping|xlink:href)$/i);
        if (name === 'href') expect(new URL(value, 'https://s.test/').protocol).toMatch(/^https?:$/);
        if (!name.startsWith('data-saved-')) expect(value).not.toMatch(/url\(/);
      }
    }
  });

  it('keeps addresses where they can be read', () => {
    const doc = opened(
      '<img src="https://x.test/i.jpg"><a href="/imgres?x=1">x</a>',
      '<meta http-equiv="refresh" content="0;url=https://x.test/">',
    );
    expect(doc.querySelector('img')?.getAttribute('data-saved-src')).toBe('https://x.test/i.jpg');
    expect(doc.querySelector('a')?.getAttribute('href')).toBe('/imgres?x=1');
    expect(doc.querySelector('[http-equiv="refresh"]')).toBeNull();
  });

  it('is not broken out of by the text of a script', () => {
    const page = document.implementation.createHTMLDocument('');
    const script = page.createElement('script');
    script.textContent = `"https://x.test"; <!--<script> </script><img src="x" onerror="${RUN}">`;
    page.body.append(script, page.createElement('i'));
    const doc = new DOMParser().parseFromString(pageCopy(page, page.createElement('div')), 'text/html');
    expect(doc.querySelector('img')).toBeNull();
    expect(doc.querySelector('i')).not.toBeNull();
  });
});

describe('a page whose elements are not what they are called', () => {
  const RUN = 'document.documentElement.dataset.ran=1; "https://x.test"';
  const SVG = 'http://www.w3.org/2000/svg';
  const MATH = 'http://www.w3.org/1998/Math/MathML';
  const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">`;
  type Make = (page: Document) => unknown;
  const put = (page: Document, space: string, name: string, attributes: Record<string, string> = {}, text = '') => {
    const made = page.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    page.body.append(made);
    return made;
  };
  const read = (make: Make) => {
    const page = document.implementation.createHTMLDocument('');
    make(page);
    return new DOMParser().parseFromString(pageCopy(page, page.createElement('div')), 'text/html');
  };
  const KINDS = ['META', 'IFRAME', 'BASE', 'STYLE', 'LINK', 'OBJECT', 'EMBED', 'VIDEO', 'FRAMESET', 'NOSCRIPT'];

  it.each<[string, Make]>([
    [
      'a head with a prefix, and a script in capitals',
      page => {
        page.documentElement.prepend(page.createElementNS('urn:x', 'p:head'));
        put(page, 'urn:x', 'SCRIPT', {}, RUN);
        page.documentElement.append(page.body.lastChild as Node);
      },
    ],
    ...KINDS.flatMap(kind =>
      ['urn:x', SVG, MATH].flatMap(space =>
        [kind, kind.toLowerCase(), `p:${kind.toLowerCase()}`].map((name): [string, Make] => [
          `${name} of ${space}`,
          page =>
            put(page, space, name, {
              'http-equiv': 'refresh',
              content: '0;url=https://x.test',
              href: 'https://x.test',
            }),
        ]),
      ),
    ),
    ['a script within a drawing', page => put(page, SVG, 'svg').append(put(page, 'urn:x', 'SCRIPT', {}, RUN))],
    [
      'a head in the body',
      page => put(page, 'urn:x', 'body', { onload: RUN }).append(put(page, 'urn:x', 'HTML', { onclick: RUN })),
    ],
    ...['title', 'textarea', 'TITLE', 'xmp', 'noembed', 'noscript', 'iframe', 'style', 'plaintext', 'script'].flatMap(
      name =>
        ['urn:x', 'http://www.w3.org/1999/xhtml'].map((space): [string, Make] => [
          `tags in ${name} of ${space}`,
          page =>
            put(page, space, name).append(
              put(page, SVG, 'b', {
                title: `</${name.toLowerCase()}><img src=x onerror="${RUN}"><script>${RUN}</script>`,
              }),
            ),
        ]),
    ),
    [
      'a comment that ends early, a drawing with markup in its text',
      page => {
        put(page, SVG, 'style', {}, `<!--></style><img src=x onerror="${RUN}">`);
        page.body.append(page.createComment(`><img src=x onerror="${RUN}">--!><script>${RUN}</script>`));
      },
    ],
    [
      'integration points',
      page => {
        const math = put(page, MATH, 'math');
        const point = put(page, MATH, 'annotation-xml', { encoding: 'text/html' });
        math.append(point);
        point.append(put(page, 'urn:x', 'style', {}, `<img src=x onerror="${RUN}">`));
        put(page, SVG, 'svg').append(put(page, SVG, 'foreignObject', {}, `<img src=x onerror="${RUN}">`));
      },
    ],
    ['a template', page => put(page, 'urn:x', 'TEMPLATE').append(put(page, 'urn:x', 'SCRIPT', {}, RUN))],
    [
      'names of attributes in capitals and of other namespaces',
      page => {
        const image = put(page, SVG, 'IMG');
        image.setAttributeNS(null, 'ONERROR', RUN);
        image.setAttributeNS('http://www.w3.org/1999/xlink', 'q:href', 'https://x.test');
        image.setAttributeNS(null, 'SRC', 'https://x.test');
      },
    ],
    ['an encoding of its own', page => put(page, 'urn:x', 'META', { charset: 'iso-2022-jp' })],
    ['another root', page => page.documentElement.replaceWith(page.createElementNS(SVG, 'SCRIPT'))],
  ])('is read as nothing that runs or loads: %s', (_what, make) => {
    const doc = read(make);
    expect(doc.head.firstElementChild?.outerHTML).toBe(POLICY);
    expect(doc.querySelector('[charset]')?.outerHTML).toBe('<meta charset="utf-8">');
    const active =
      'iframe, frame, frameset, object, embed, video, audio, link, base, style, xmp, noembed, noscript, template, plaintext, svg, math, script:not([type="text/plain"])';
    expect([...doc.querySelectorAll(active)]).toEqual([]);
    expect(
      [...doc.querySelectorAll('[charset], [http-equiv]')].every(({ parentElement }) => parentElement === doc.head),
    ).toBe(true);
    expect(doc.querySelectorAll('[charset], [http-equiv]')).toHaveLength(3);
    for (const node of doc.querySelectorAll('*')) {
      expect(node.namespaceURI).toBe('http://www.w3.org/1999/xhtml');
      for (const { name } of node.attributes) expect(name).not.toMatch(/^on|^(?:src|data|xlink:href)$/i);
    }
  });

  it('keeps what a report is about', () => {
    const doc = read(page => {
      put(page, 'urn:x', 'SCRIPT', {}, RUN);
      put(page, SVG, 'svg').append(put(page, SVG, 'path', { d: 'M0 0' }));
      put(page, 'urn:x', 'g-img', { 'data-docid': 'x1' });
      put(page, 'urn:x', 'META', { 'http-equiv': 'refresh' });
    });
    expect(doc.querySelector('script')?.textContent).toBe(RUN);
    expect(doc.querySelector('saved-svg > saved-path')?.getAttribute('d')).toBe('M0 0');
    expect(doc.querySelector('g-img')?.getAttribute('data-docid')).toBe('x1');
    expect(doc.querySelector('meta[data-saved-http-equiv="refresh"]')).not.toBeNull();
  });

  it('is hidden as any other page is: scripts without addresses, what was typed, tokens', () => {
    const doc = read(page => {
      put(page, 'urn:x', 'SCRIPT', {}, 'trackEverything()');
      put(page, 'urn:x', 'TEXTAREA', {}, 'typed');
      put(page, 'urn:x', 'INPUT', { VALUE: 'searched' });
      put(page, 'urn:x', 'META', { name: 'csrf-token', content: 's3cret' });
    });
    expect(doc.documentElement.outerHTML).not.toMatch(/trackEverything|typed|searched|s3cret/);
  });

  it('is not reopened in every block until memory is full', () => {
    const doc = read(page => {
      let inner: Element = put(page, SVG, 'P');
      for (let n = 0; n < 100; n++) {
        const bold = put(page, 'urn:x', 'B', { id: `${n}` });
        inner.append(bold);
        inner = bold;
      }
      for (let n = 0; n < 100; n++) inner.append(put(page, 'urn:x', 'DIV', {}, 'x'));
    });
    expect(doc.querySelectorAll('*').length).toBeLessThan(2000);
  });

  it.each([
    ['a script', '<script>1</script>'],
    ['a script with another type', '<script type="module">1</script>'],
    ['an event', '<b onclick="1">x</b>'],
    ['a picture', '<img src="https://x.test">'],
    ['a link that runs', '<a href="javascript:1">x</a>'],
    ['a refresh', '<meta http-equiv="refresh" content="0">'],
    ['a drawing', '<svg></svg>'],
    ['a frame', '<iframe></iframe>'],
    ['a style', '<b style="color: red">x</b>'],
  ])('is refused where a copy is read as %s', (_what, markup) => {
    const page = document.implementation.createHTMLDocument('');
    page.body.innerHTML = '<p>one</p>';
    const copy = pageCopy(page, page.createElement('div'));
    expect(readsInert(copy)).toBe(true);
    expect(readsInert(copy.replace('<p>', `${markup}<p>`))).toBe(false);
  });

  it('is refused where a copy does not begin with the policy', () => {
    const page = document.implementation.createHTMLDocument('');
    const copy = pageCopy(page, page.createElement('div'));
    expect(readsInert(copy.replace(POLICY, ''))).toBe(false);
    expect(readsInert(copy.replace(POLICY, `<p>${POLICY}`))).toBe(false);
    expect(readsInert(copy.replace('<head>', '<head><b></b>'))).toBe(false);
  });
});

describe('parts of an account within each other', () => {
  it('are met once, however many lie within each other', () => {
    const page = document.implementation.createHTMLDocument('');
    const DEPTH = 300;
    let inner: Element = page.body;
    for (let n = 0; n < DEPTH; n++) {
      inner = inner.appendChild(page.createElement('div'));
      inner.setAttribute('data-user-name', `${n}`);
    }
    // Counted and not timed: the tree in which the tests run takes longer itself where it is deep.
    const { prototype } = Element;
    const read = vi.spyOn(prototype, 'getAttribute');
    const searched = [vi.spyOn(prototype, 'querySelectorAll'), vi.spyOn(prototype, 'getElementsByTagName')];
    pageCopy(page, page.createElement('div'));
    expect(read.mock.calls.length).toBeLessThan(10 * DEPTH);
    for (const { mock } of searched) expect(mock.calls.length).toBeLessThan(10);
    vi.restoreAllMocks();
  });

  it('go up to a size, with all names that stand in them', () => {
    const page = document.implementation.createHTMLDocument('');
    page.body.innerHTML = `<div data-email="x" data-name="Ada One"><p>${'<i></i>'.repeat(70)}</p><b class="username" title="Sie: Ada Two (x)"><i data-name="Ada Three"></i></b></div><u>Ada One, Ada Two, Ada Three</u><s data-name="Ada Four"></s>`;
    const names = takeAccount(page.documentElement);
    expect([...names]).toEqual(['Ada One', 'Ada Two', 'Ada Three']);
    expect(page.querySelectorAll('i')).toHaveLength(70);
    expect(page.querySelector('b')).toBeNull();
  });
});

describe('redaction', () => {
  it('keeps addresses, also those of numeric hosts and long names', () => {
    const text = `"https://cdn.test/${'a'.repeat(60)}.jpg" 'http://10.11.12.13/x.jpg' "/images/${'b'.repeat(40)}"`;
    expect(redact(text, [])).toBe(text);
  });
  it('hides network addresses and escaped e-mail addresses', () => {
    expect(redact('ip: 203.0.113.7, a\\u0040b.test', [])).toBe('ip: 192.0.2.1, someone@example.invalid');
  });
});
