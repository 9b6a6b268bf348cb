// No text a person reads stands in the code: every word comes from the sentences of the locales.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../src/entries');
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name));

/** Attributes and properties that are read out or shown. */
const SPOKEN = /^(?:aria-(?:label|description|roledescription|valuetext)|title|alt|placeholder|label)$/;
const WRITTEN = /^(?:textContent|innerText|innerHTML|title|alt|placeholder|ariaLabel)$/;
const WORDS = /\p{L}/u;

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Literal texts that would be shown as they stand. */
function literals(source: string): string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if (node.type === 'JSXText' && WORDS.test(`${node.value}`)) found.push(`${node.value}`.trim());
    if (node.type === 'JSXExpressionContainer') found.push(...textsOf(node.expression as Node));
    if (node.type === 'JSXAttribute') {
      const name = (node.name as Node).name;
      if (typeof name === 'string' && SPOKEN.test(name) && node.value) found.push(...textsOf(node.value as Node));
      // What an attribute holds besides is no child of the page; but it may hold elements.
      const held = node.value as Node | null;
      if (held?.type === 'JSXExpressionContainer') children(held.expression as Node).forEach(visit);
      return;
    }
    if (node.type === 'AssignmentExpression') {
      const property = ((node.left as Node).property as Node | undefined)?.name;
      if (typeof property === 'string' && WRITTEN.test(property)) found.push(...textsOf(node.right as Node));
    }
    children(node).forEach(visit);
  };
  visit(parseAst(source, { lang: 'tsx' }) as unknown as Node);
  return found;
}

/** The literal words an expression may come out as. */
function textsOf(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' && WORDS.test(node.value) ? [node.value] : [];
    case 'TemplateLiteral':
      return (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw).filter(raw => WORDS.test(raw));
    case 'ConditionalExpression':
      return [...textsOf(node.consequent as Node), ...textsOf(node.alternate as Node)];
    case 'LogicalExpression':
      return [...textsOf(node.left as Node), ...textsOf(node.right as Node)];
    case 'JSXExpressionContainer':
      return textsOf(node.expression as Node);
    default:
      return [];
  }
}

function children(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');
}

describe('the check itself', () => {
  it('finds what it should', () => {
    const source = `const x = <p class="soft" title="One" onClick={() => say('no')}>Two {b ? 'Three' : t('key')}
      <i aria-label={'Four'}>{n} · {b && \`Five \${n}\`}</i></p>; element.textContent = 'Six';`;
    expect(literals(source)).toEqual(['One', 'Two', 'Three', 'Four', 'Five ', 'Six']);
  });
});

it.each(files)('%s holds no text of its own', name => {
  expect(literals(readFileSync(join(SOURCES, name), 'utf8')), 'Put the sentence into public/_locales.').toEqual([]);
});
