// @vitest-environment jsdom
// The copy for a bug report keeps the layout and the records, and nothing of the person.
import { describe, expect, it } from 'vitest';
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

describe('redaction', () => {
  it('keeps addresses, also those of numeric hosts and long names', () => {
    const text = `"https://cdn.test/${'a'.repeat(60)}.jpg" 'http://10.11.12.13/x.jpg' "/images/${'b'.repeat(40)}"`;
    expect(redact(text, [])).toBe(text);
  });
  it('hides network addresses and escaped e-mail addresses', () => {
    expect(redact('ip: 203.0.113.7, a\\u0040b.test', [])).toBe('ip: 192.0.2.1, someone@example.invalid');
  });
});
