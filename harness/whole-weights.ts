// The header of a whole .safetensors file of the backbone, to be altered, cut and lied in.
import { backboneOf } from '../src/backbones';
import { weightedLayers } from '../src/backbones/layers';

export interface TensorHeader {
  dtype: 'F16';
  shape: number[];
  data_offsets: [from: number, to: number];
}

/** In half precision, as torchvision's file has it, with the counters that nobody reads; and how many bytes follow it. */
export function wholeHeader(): { header: Record<string, TensorHeader>; bytes: number } {
  const header: Record<string, TensorHeader> = {};
  let at = 0;
  const add = (name: string, shape: number[]) => {
    const end = at + 2 * shape.reduce((product, side) => product * side, 1);
    header[name] = { dtype: 'F16', shape, data_offsets: [at, end] };
    at = end;
  };
  const torch = backboneOf('torch-v1.5');
  for (const { name, shape } of weightedLayers(torch)) {
    const { conv, norm } = torch.file.names(name);
    add(`${conv}.weight`, [shape[3], shape[2], shape[0], shape[1]]);
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) add(`${norm}.${part}`, [shape[3]]);
    add(`${norm}.num_batches_tracked`, []);
  }
  return { header, bytes: at };
}

/** The length of the header and the header: how a file begins. */
export function headerBytes(header: unknown): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
