// How much of the disk the extension uses and how much is left, as the browser counts it.

/** Bytes in use by databases and files of this extension; undefined where the browser does not tell. */
export async function usedBytes(): Promise<number | undefined> {
  return (await navigator.storage.estimate()).usage;
}

/** Bytes the browser would still let this extension have; undefined where it does not tell. Browsers round, and hide much. */
export async function freeBytes(): Promise<number | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? undefined : quota - usage;
  } catch {
    return undefined;
  }
}
