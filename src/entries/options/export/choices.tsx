// A group of choices of a card, under one name.
import './choices.css';
import type { ComponentChildren } from 'preact';

export function Choices({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <fieldset class="choices-of">
      <legend>{name}</legend>
      {children}
    </fieldset>
  );
}
