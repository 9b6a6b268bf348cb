// How much of the disk the extension uses, as the browser counts it.

/** Bytes in use by databases and files of this extension; undefined where the browser does not tell. */
export async function usedBytes(): Promise<number | undefined> {
  return (await navigator.storage.estimate()).usage;
}
