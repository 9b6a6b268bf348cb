// @vitest-environment jsdom
// What is done inside the panel is heard by it alone; all else is none of its business.
import { describe, expect, it } from 'vitest';
import { Ears } from '../../src/entries/content/pill/ears';

describe('the ears', () => {
  const ears = new Ears(window);
  const page: string[] = [];
  for (const capture of [true, false])
    for (const type of ['keydown', 'input', 'paste', 'click'])
      window.addEventListener(type, () => page.push(type), capture);
  const host = document.documentElement.appendChild(document.createElement('div'));
  const fire = (target: Element, type: string) =>
    target.dispatchEvent(new Event(type, { bubbles: true, composed: true }));

  it('let everything pass until there is a panel, and again when there is none', () => {
    fire(host, 'keydown');
    expect(page.splice(0)).toEqual(['keydown', 'keydown']);
    ears.listenTo(host);
    ears.listenTo(undefined);
    fire(host, 'keydown');
    expect(page.splice(0)).toEqual(['keydown', 'keydown']);
  });

  it('keep keys, texts and the clipboard of the panel from the page, and nothing of the page’s own', () => {
    const heard: Event[] = [];
    ears.listenTo(host, event => heard.push(event));
    for (const type of ['keydown', 'input', 'paste']) fire(host, type);
    expect(page.splice(0)).toEqual([]);
    fire(document.body, 'keydown');
    expect(page.splice(0)).toEqual(['keydown', 'keydown']);
    // Where events name no node, pressing is heard within the root.
    fire(host, 'click');
    expect(page.splice(0)).toEqual(['click', 'click']);
    // The page made all of these.
    expect(heard).toEqual([]);
  });

  it('keep every event that names the node it happened to', () => {
    const event = new Event('click', { bubbles: true });
    Object.defineProperty(event, 'originalTarget', { value: host });
    host.dispatchEvent(event);
    expect(page.splice(0)).toEqual([]);
  });
});
