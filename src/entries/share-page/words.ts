// The extension's way to its sentences, on a page that stands alone: they lie in the page. Takes the polyfill's place there.
import type { SharedWords } from '../../contract/shared-page';

const { language, direction, messages } = JSON.parse(
  document.getElementById('words')?.textContent ?? '',
) as SharedWords;

/** `$1` to `$9` are gaps; a sentence that is missing is empty, as in the browser. */
function getMessage(key: string, gaps: readonly string[] = []): string {
  if (key === '@@bidi_dir') return direction;
  if (key === '@@ui_locale') return language;
  const message = Object.hasOwn(messages, key) ? messages[key]! : '';
  return message.replace(/\$(\$|\d)/g, (_, gap: string) => (gap === '$' ? '$' : (gaps[Number(gap) - 1] ?? '')));
}

export default { i18n: { getMessage } };
