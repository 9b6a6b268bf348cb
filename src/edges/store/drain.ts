// Changes every row of a range in one transaction without ever holding all of them.

/** What of an index this needs. */
interface Rows<Row> {
  getAll(range: IDBKeyRange, count: number): Promise<Row[]>;
}

const PAGE = 500;

/**
 * Reads page after page of a range until it is empty: `change` takes each row out of it, by writing it with another key or
 * by deleting it. Returns how many rows there were.
 */
export async function drain<Row>(
  index: Rows<Row>,
  range: IDBKeyRange,
  change: (row: Row) => Promise<unknown>,
): Promise<number> {
  let count = 0;
  for (;;) {
    const rows = await index.getAll(range, PAGE);
    await Promise.all(rows.map(change));
    count += rows.length;
    if (rows.length < PAGE) return count;
  }
}
