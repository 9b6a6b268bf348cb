// @vitest-environment jsdom
// Every way to choose files: what was chosen comes whole, the same can be chosen again, and choosing nothing does nothing.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { FileButton, FileField } from '../../src/entries/parts/file-button';

afterEach(() => render(null, document.body));

/** Has the page's field hold these files, as after a choice; jsdom opens no window to choose in. */
function choose(files: File[]): HTMLInputElement {
  const field = document.querySelector('input')!;
  Object.defineProperty(field, 'files', { value: files, configurable: true });
  act(() => void field.dispatchEvent(new Event('change', { bubbles: true })));
  return field;
}

const FILES = [new File(['a'], 'a.png'), new File(['b'], 'b.png')];

describe.each(['button', 'field'] as const)('a file %s', way => {
  function shown(onFiles: (files: File[]) => void) {
    const look = { name: 'Choose', accept: 'image/*', multiple: true, onFiles };
    act(() =>
      render(way === 'button' ? <FileButton {...look}>Add</FileButton> : <FileField {...look} />, document.body),
    );
  }

  it('gives the files chosen, and is empty again for the next choice', () => {
    const got: string[][] = [];
    shown(files => got.push(files.map(({ name }) => name)));
    const field = choose(FILES);
    expect(field.value).toBe('');
    choose(FILES);
    expect(got).toEqual([
      ['a.png', 'b.png'],
      ['a.png', 'b.png'],
    ]);
    expect([field.accept, field.multiple, field.hidden]).toEqual(['image/*', true, way === 'button']);
  });

  it('does nothing when nothing was chosen', () => {
    shown(() => expect.unreachable());
    choose([]);
  });
});

it('opens its field when the button is pressed, and a folder where it is to', () => {
  act(() =>
    render(
      <FileButton name="Choose" folder onFiles={() => undefined}>
        Add
      </FileButton>,
      document.body,
    ),
  );
  const field = document.querySelector('input')!;
  let opened = 0;
  field.addEventListener('click', () => opened++);
  document.querySelector('button')!.click();
  expect(opened).toBe(1);
  expect(field.hasAttribute('webkitdirectory')).toBe(true);
  expect(field.getAttribute('aria-label')).toBe('Choose');
});
