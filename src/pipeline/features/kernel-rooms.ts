// Who may use whose memory: maps that are no longer read give their room to later ones.

/** From where a map is written to where it is read last, as compilers call it. Maps that a step writes, in the order of the steps; `lastRead` is the last step that reads them. */
export interface LiveRange {
  name: string;
  length: number;
  lastRead: number;
  /** Maps that are read last by this very step, value by value, and may be overwritten. */
  over?: string;
}

/** The number of the room of each map, and how long each room must be: the smallest that is free and long enough. */
export function assignRooms(ranges: readonly LiveRange[]): { rooms: Map<string, number>; lengths: number[] } {
  const rooms = new Map<string, number>();
  const lengths: number[] = [];
  const busy: number[] = [];
  for (const [step, { name, length, lastRead, over }] of ranges.entries()) {
    const shared = over === undefined ? undefined : rooms.get(over);
    const free = busy.flatMap((until, room) => (until < step ? [room] : []));
    const byLength = free.sort((a, b) => lengths[a]! - lengths[b]!);
    const room = shared ?? byLength.find(one => lengths[one]! >= length) ?? byLength.at(-1) ?? lengths.length;
    rooms.set(name, room);
    lengths[room] = Math.max(lengths[room] ?? 0, length);
    busy[room] = lastRead;
  }
  return { rooms, lengths };
}
