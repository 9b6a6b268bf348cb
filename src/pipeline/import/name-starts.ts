// What names of files begin with, where they and no folders may name the classes: `cat.1.jpg`, `dog_2.jpg`.

/** Whether names such as `cat.1.jpg` and `dog_2.jpg` sort the images into a few kinds. */
export function namesClasses<T extends { path: string }>(images: readonly T[]): boolean {
  const counts = new Map<string, number>();
  for (const image of images) {
    const start = nameStart(image.path);
    if (start !== undefined) counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  const told = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return counts.size > 1 && told >= 0.9 * images.length && told >= 2 * counts.size;
}

/** What a file's name begins with before its number: "cat" of `pets/cat.12.jpg`. */
export function nameStart(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).slice(0, 300);
  return /^(\p{L}[^\d]*?)[\s_.()-]*\d/u.exec(name)?.[1]?.trim();
}
