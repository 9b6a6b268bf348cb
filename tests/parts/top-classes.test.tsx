// @vitest-environment jsdom
// The list of an answer: likeliest first; live, each label keeps its place and so does what is said of some answers.
import { render } from 'preact';
import { expect, it, vi } from 'vitest';
import { TopClasses } from '../../src/entries/parts/top-classes';

vi.mock('webextension-polyfill', () => ({
  default: { i18n: { getMessage: (key: string) => (key === 'language' ? 'en' : key) } },
}));

const place = document.createElement('div');
const names = () => [...place.querySelectorAll('bdi')].map(name => name.textContent);
const top = (...shares: [string, number][]) => ({ top: shares.map(([label, p]) => ({ label, p })) });

it('stands by falling probability, the likeliest marked', () => {
  render(<TopClasses prediction={top(['cat', 0.9], ['ant', 0.1])} />, place);
  expect(names()).toEqual(['cat', 'ant']);
  expect(place.querySelector('.likeliest')?.textContent).toContain('cat');
  expect(place.textContent).not.toContain('none_of_these');
});

it('keeps each label in its place while answers stream, and the room of the note', () => {
  render(<TopClasses prediction={top(['cat', 0.9], ['ant', 0.1])} steady />, place);
  const before = names();
  expect(place.querySelector('.not-said')?.textContent).toBe('none_of_these');
  render(<TopClasses prediction={{ ...top(['ant', 0.8], ['cat', 0.2]), none: true }} steady />, place);
  expect(names()).toEqual(before);
  expect(place.querySelector('.likeliest')?.textContent).toContain('ant');
  expect(place.querySelector('.not-said')).toBeNull();
  expect(place.textContent).toContain('none_of_these');
});

it('shows the likeliest of many labels first, live too', () => {
  const many = top(...Array.from({ length: 9 }, (_, i): [string, number] => [`label ${9 - i}`, 0.5 / (i + 1)]));
  render(<TopClasses prediction={many} steady />, place);
  expect(names()).toEqual(['label 9', 'label 8', 'label 7', 'label 6', 'label 5']);
});
