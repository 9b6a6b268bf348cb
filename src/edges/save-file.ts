// Puts a file where the user wants it: the browser's save dialogue where there is one, else an ordinary download.
import { GleanerError } from '../contract/error';

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/**
 * Rejects with an AbortError when the user closes the dialogue, and with `save_failed` when the disk refuses. The
 * dialogue needs a fresh click, which a long export outlives: then the file goes to the download folder.
 */
export async function saveFile(file: Blob, name: string): Promise<void> {
  const { showSaveFilePicker } = globalThis as unknown as SavePicker;
  if (showSaveFilePicker && navigator.userActivation?.isActive) {
    const handle = await showSaveFilePicker({ suggestedName: name });
    try {
      await file.stream().pipeTo(await handle.createWritable());
    } catch (cause) {
      throw new GleanerError('save_failed', [name], { cause });
    }
    return;
  }
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads a large file from this address long after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10 * 60_000);
}
