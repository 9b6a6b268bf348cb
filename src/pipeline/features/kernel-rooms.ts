// Who may use whose memory: maps that are no longer read give their room to later ones.

/** Maps that a step writes, in the order of the steps; `lastRead` is the last step that reads them. */
export interface Claim {
  name: string;
  length: number;
  lastRead: number;
  /** Maps that are read last by this very step, value by value, and may be overwritten. */
  over?: string;
}

/** The number of the room of each map, and how long each room must be: the smallest that is free and long enough. */
export function assignRooms(claims: readonly Claim[]): { rooms: Map<string, number>; lengths: number[] } {
  const rooms = new Map<string, number>();
  const lengths: number[] = [];
  const busy: number[] = [];
  for (const [step, { name, length, lastRead, over }] of claims.entries()) {
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
