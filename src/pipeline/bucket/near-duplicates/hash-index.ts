// Finds near-duplicates among hashes: every hash is compared, which takes about a millisecond among 10,000.

/** Hashes at most so many bits apart are near-duplicates (256-bit dHash, the smaller of plain and mirrored). */
export const NEAR_BITS = 25;

const WORDS = 8;

/** Holds the hashes of a collection in 32 bytes each. */
export class HashIndex {
  private words = new Uint32Array(1024 * WORDS);
  private readonly names: string[] = [];
  private readonly places = new Map<string, number>();

  get size(): number {
    return this.names.length;
  }

  /** Adds a sample's hash (64 hex digits); a sample known already keeps its place. */
  add(sha256: string, dHash: string): void {
    const known = this.places.get(sha256);
    const place = known ?? this.names.push(sha256) - 1;
    this.places.set(sha256, place);
    if ((place + 1) * WORDS > this.words.length) {
      const larger = new Uint32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words.set(wordsOf(dHash), place * WORDS);
  }

  /** Samples near a picture, given the hashes of it and of its mirror image. */
  near(dHash: string, mirrored: string): string[] {
    const plain = wordsOf(dHash);
    const mirror = wordsOf(mirrored);
    return this.names.filter((_, place) => this.isNear(place, plain) || this.isNear(place, mirror));
  }

  private isNear(place: number, hash: Uint32Array): boolean {
    let distance = 0;
    const from = place * WORDS;
    // Unlike pictures differ in half their bits, so most comparisons end after two or three words.
    for (let word = 0; word < WORDS && distance <= NEAR_BITS; word++) {
      distance += ones((this.words[from + word] ?? 0) ^ (hash[word] ?? 0));
    }
    return distance <= NEAR_BITS;
  }
}

function wordsOf(hex: string): Uint32Array {
  return Uint32Array.from({ length: WORDS }, (_, word) => Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16));
}

/** Bits set in a 32-bit word (Hacker's Delight, 5-1). */
function ones(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
