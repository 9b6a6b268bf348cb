// Reads tensors from a .safetensors file (format: github.com/huggingface/safetensors), checked before a byte of one is read.
import { FormatError } from './format-error';
import { fromBrain, fromHalf } from './half';

/** Bytes per value of the number formats read here. */
const WIDTHS = { F32: 4, F16: 2, BF16: 2 } as const;
type NumberFormat = keyof typeof WIDTHS;

/** The header of a real file has about 27 KB. */
const MAX_HEADER = 4_000_000;

/** Where one tensor stands in the file, checked against what was expected. */
export interface TensorPlace {
  format: NumberFormat;
  start: number;
  end: number;
}

/** An opened file. What it says is checked against its length, so a lying header cannot make anything large. */
export class Safetensors {
  private constructor(
    private readonly file: Blob,
    private readonly tensors: Record<string, unknown>,
    private readonly dataStart: number,
  ) {}

  /** Throws a FormatError: `truncated`, or `unknown` for what is no such file. */
  static async open(file: Blob): Promise<Safetensors> {
    const prefix = await file.slice(0, 8).arrayBuffer();
    if (prefix.byteLength < 8) throw new FormatError('truncated');
    const length = Number(new DataView(prefix).getBigUint64(0, true));
    if (length < 2 || length > MAX_HEADER) throw new FormatError('unknown');
    if (8 + length > file.size) throw new FormatError('truncated');
    try {
      const tensors: unknown = JSON.parse(await file.slice(8, 8 + length).text());
      if (typeof tensors === 'object' && tensors !== null)
        return new Safetensors(file, tensors as Record<string, unknown>, 8 + length);
    } catch {
      // What is no JSON is no safetensors file.
    }
    throw new FormatError('unknown');
  }

  get names(): string[] {
    return Object.keys(this.tensors);
  }

  /** The place of a tensor of this shape. Throws a FormatError: `missing`, `format`, `shape`, `damaged` or `truncated`. */
  find(name: string, shape: readonly number[]): TensorPlace {
    const entry = Object.hasOwn(this.tensors, name) ? this.tensors[name] : undefined;
    if (typeof entry !== 'object' || entry === null) throw new FormatError('missing', [name]);
    const { dtype, shape: found, data_offsets: offsets } = entry as Record<string, unknown>;
    if (typeof dtype !== 'string' || !Object.hasOwn(WIDTHS, dtype)) throw new FormatError('format', [name]);
    if (!Array.isArray(found) || found.length !== shape.length || shape.some((side, i) => side !== found[i]))
      throw new FormatError('shape', [name, shape.join(' × ')]);
    const format = dtype as NumberFormat;
    const bytes = shape.reduce((product, side) => product * side, 1) * WIDTHS[format];
    const [from, to] = Array.isArray(offsets) ? (offsets as unknown[]) : [];
    if (!isOffset(from) || !isOffset(to) || to - from !== bytes) throw new FormatError('damaged');
    if (this.dataStart + to > this.file.size) throw new FormatError('truncated');
    return { format, start: this.dataStart + from, end: this.dataStart + to };
  }

  /** One tensor's values as 32-bit floats. Throws a FormatError, `truncated`. */
  async read({ format, start, end }: TensorPlace): Promise<Float32Array> {
    const bytes = await this.file.slice(start, end).arrayBuffer();
    if (bytes.byteLength !== end - start) throw new FormatError('truncated');
    if (format === 'F32') return new Float32Array(bytes);
    return format === 'F16' ? fromHalf(new Uint16Array(bytes)) : fromBrain(new Uint16Array(bytes));
  }
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
