// Names that labels may have, of every kind that a format could trip over.
import { LONGEST_LABEL_NAME } from '../../../src/contract/label';

export const ODD_NAMES = [
  'bears',
  '</script><script>alert(1)</script>',
  '</template><img src=x onerror=alert(1)>',
  '<!-- <script>',
  '"quoted", \'too\' \\ `code` $ {gap} {{title}} $1 $& $$',
  '&lt;b&gt; &amp; more',
  'كاسباروف (1985) – Garry!',
  'Ünïcödé ß 日本語 🐻‍❄️',
  '__proto__',
  'constructor',
  '1',
  '1: first: second',
  '-- dash\u00a0and  blanks ',
  'a/b\\c:d*e?f|g',
  'x'.repeat(LONGEST_LABEL_NAME),
  '\u2028line\u2029',
  'two\nlines\r\nand\u0085more\u001cof\u000bthem',
  'an end\0 in the middle',
];
