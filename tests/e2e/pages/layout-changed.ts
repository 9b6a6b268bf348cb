// A Google page as after a change of its layout: tiles, but no record of their full-size addresses; and someone signed in.

export const SECRETS = ['ada@example.com', 'Ada Example', 'AKhJ3kQ0xTr7ZpLm9Vd2', '203.0.113.77'];
const [EMAIL, NAME, TOKEN, NETWORK] = SECRETS;
export const TILES = 9;

/** The page's HTML. What stands in `SECRETS` stands in it in the ways such pages have it. */
export function layoutChangedPage(): string {
  const tile = (i: number) =>
    `<div class="new-tile" data-docid="doc${i}ABCDEFGHI" data-lpage="https://source.example/${i}.html"><h3><img alt="A tile" width="120" height="90" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></h3></div>`;
  return `<!doctype html><html><head><meta charset="utf-8"><title>ada - Google Search</title>
<meta name="csrf-token" content="${TOKEN}"></head><body>
<header><a href="https://accounts.google.com/SignOutOptions" aria-label="Google Account: ${NAME} (${EMAIL})">${NAME}</a></header>
<form><input type="hidden" name="sessionid" value="${TOKEN}"></form>
<div id="rso">${Array.from({ length: TILES }, (_, i) => tile(i)).join('')}</div>
<script>var state={"email":"${EMAIL}","session_token":"${TOKEN}","client_ip":"${NETWORK}","next":"https://www.google.com/x?sid=${TOKEN}"};</script>
<p>Signed in as ${EMAIL}</p></body></html>`;
}
