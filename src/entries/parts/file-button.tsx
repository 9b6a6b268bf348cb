// Choosing files: a button, or the browser's own field. The same files can be chosen again: the field is emptied each time.
import type { ComponentChildren, RefObject } from 'preact';
import { useRef } from 'preact/hooks';

interface InputProps {
  /** Types and endings, as the browser takes them. */
  accept?: string;
  multiple?: boolean;
  /** Chooses a folder with all that is in it. */
  folder?: boolean;
  disabled?: boolean;
  /** Called with at least one file. */
  onFiles: (files: [File, ...File[]]) => void;
}

interface ButtonProps extends InputProps {
  /** What is chosen, for the ear. */
  name: string;
  class?: string;
  title?: string;
  children: ComponentChildren;
}

export function FileButton({ name, class: look = '', title, disabled = false, children, ...input }: ButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={look} title={title} disabled={disabled} onClick={() => field.current?.click()}>
        {children}
      </button>
      <FileInput {...input} field={field} name={name} />
    </>
  );
}

interface FieldProps extends InputProps {
  name: string;
  /** How the name is written. */
  words?: 'name' | 'small';
}

/** The browser's own field under its name. */
export function FileField({ name, words = 'name', ...input }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is within.
    <label class="field">
      <span class={words}>{name}</span>
      <FileInput {...input} />
    </label>
  );
}

/** With a name of its own it is one behind a button, which nobody sees. */
function FileInput({
  accept,
  multiple = false,
  folder = false,
  disabled = false,
  onFiles,
  field,
  name,
}: InputProps & { field?: RefObject<HTMLInputElement | null>; name?: string }) {
  return (
    <input
      ref={field}
      type="file"
      hidden={name !== undefined}
      multiple={multiple}
      accept={accept}
      disabled={disabled}
      aria-label={name}
      {...(folder && { webkitdirectory: true })}
      onChange={event => {
        const [first, ...others] = event.currentTarget.files ?? [];
        event.currentTarget.value = '';
        if (first) onFiles([first, ...others]);
      }}
    />
  );
}
