// Writes the metadata of a TensorFlow Lite model, which its tools make pixels and labels by: metadata_schema.fbs 1.0.0.
import { Builder } from 'flatbuffers';
import { type Field, floats, type Offset, table, tables, text } from './tables';

const IDENTIFIER = 'M001';
/** What a reader must understand: nothing here is newer. */
const PARSER_VERSION = '1.0.0';
const [FEATURES, IMAGE] = [1, 2];
const RGB = 1;
const NORMALISATION = 1;
const AXIS_LABELS = 2;

export interface ModelMetadata {
  name: string;
  description: string;
  version: string;
  author: string;
  licence: string;
  input: {
    name: string;
    description: string;
    /** A square image of bytes in red, green and blue; without one the input is a list of numbers. */
    side?: number;
    /** (value − mean) / std is done to each channel before the model gets it. */
    mean: number;
    std: number;
  };
  output: {
    name: string;
    description: string;
    /** Name of the file that holds a label a line, appended to the model as a zip. */
    labels: string;
  };
}

export function writeMetadata({ input, output, ...model }: ModelMetadata): Uint8Array {
  const builder = new Builder(4096);
  const words = (value: string) => text(builder, value);
  const numbers = (value: number) => floats(builder, [value]);
  const range = (most: number): Field => [
    5,
    'offset',
    table(builder, [0, 'offset', numbers(most)], [1, 'offset', numbers(0)]),
  ];
  const normalisation = table(builder, [0, 'offset', numbers(input.mean)], [1, 'offset', numbers(input.std)]);
  const unit = table(builder, [0, 'int8', NORMALISATION], [1, 'offset', normalisation]);
  const given = table(
    builder,
    [0, 'offset', words(input.name)],
    [1, 'offset', words(input.description)],
    [3, 'offset', content(builder, input.side)],
    [4, 'offset', tables(builder, [unit])],
    ...(input.side === undefined ? [] : [range(255)]),
  );
  const labels = table(
    builder,
    [0, 'offset', words(output.labels)],
    [1, 'offset', words('The classes in the order of the output, one a line.')],
    [2, 'int8', AXIS_LABELS],
  );
  const answer = table(
    builder,
    [0, 'offset', words(output.name)],
    [1, 'offset', words(output.description)],
    [3, 'offset', content(builder, undefined)],
    range(1),
    [6, 'offset', tables(builder, [labels])],
  );
  const subgraph = table(builder, [2, 'offset', tables(builder, [given])], [3, 'offset', tables(builder, [answer])]);
  const whole = table(
    builder,
    [0, 'offset', words(model.name)],
    [1, 'offset', words(model.description)],
    [2, 'offset', words(model.version)],
    [3, 'offset', tables(builder, [subgraph])],
    [4, 'offset', words(model.author)],
    [5, 'offset', words(model.licence)],
    [7, 'offset', words(PARSER_VERSION)],
  );
  builder.finish(whole, IDENTIFIER);
  return builder.asUint8Array();
}

/** What a tensor holds: a square image in red, green and blue, or numbers. */
function content(builder: Builder, side: number | undefined): Offset {
  if (side === undefined) return table(builder, [0, 'int8', FEATURES], [1, 'offset', table(builder)]);
  const size = table(builder, [0, 'int32', side], [1, 'int32', side]);
  return table(builder, [0, 'int8', IMAGE], [1, 'offset', table(builder, [0, 'int8', RGB], [1, 'offset', size])]);
}
