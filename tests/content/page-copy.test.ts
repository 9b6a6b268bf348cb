// @vitest-environment jsdom
// The copy for a bug report keeps the layout and the records, and nothing of the person.
import { describe, expect, it } from 'vitest';
import { pageCopy } from '../../src/entries/content/page-copy';
import { redact } from '../../src/entries/content/redact';

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

describe('redaction', () => {
  it('keeps addresses, also those of numeric hosts and long names', () => {
    const text = `"https://cdn.test/${'a'.repeat(60)}.jpg" 'http://10.11.12.13/x.jpg' "/images/${'b'.repeat(40)}"`;
    expect(redact(text, [])).toBe(text);
  });
  it('hides network addresses and escaped e-mail addresses', () => {
    expect(redact('ip: 203.0.113.7, a\\u0040b.test', [])).toBe('ip: 192.0.2.1, someone@example.invalid');
  });
});
