// Files of the extension's own package.

/** A file by its path in the package. Rejects where it is missing. */
export async function fileInPackage(path: string): Promise<Blob> {
  const response = await fetch(new URL(path, `${self.location.origin}/`));
  if (!response.ok) throw new Error(`${path} is missing from the package`);
  return response.blob();
}
