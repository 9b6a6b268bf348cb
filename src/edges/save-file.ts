// Puts a file where the user wants it, as a download: the browser asks for the place when the user has told it to ask.

/** The browser reads a large file from its address long after the click. */
const KEEP_MS = 10 * 60_000;

/**
 * Not `showSaveFilePicker`: that works for some seconds after a click only, so one and the same button would ask after a
 * short export and not after a long one.
 */
export async function saveFile(file: Blob, name: string): Promise<void> {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
