// A model as one HTML file that opens by a double click: the page's template filled with words, report and numbers.
import type { HeadWeights } from '../../contract/head';
import type { Model } from '../../contract/report';
import type { SharedArray, SharedModel, SharedWords } from '../../contract/shared-page';
import { toBase64 } from '../../formats/base64';
import { bytesOf } from '../../formats/bytes';
import { float16 } from '../../formats/half';

/** A layer's arrays by name: folded, or kernel and batch norm as a file has them. */
export interface SharedLayer {
  name: string;
  parts: Record<string, Float32Array>;
}

/** The report as it is drawn: its style, and its elements as HTML. */
export interface DrawnReport {
  style: string;
  html: string;
}

export interface ShareSource {
  /** The page, with `{{gaps}}`. */
  template: string;
  /** What runs in it. The template knows its hash, so nothing else does. */
  script: string;
  title: string;
  /** What stands there where no script may run. */
  withoutScript: string;
  words: SharedWords;
  model: Model;
  layers: SharedLayer[];
  gleaner: string;
  licences: string[];
  /** Missing where it could not be drawn. */
  report: DrawnReport | undefined;
}

/** The file in pieces. Throws for a gap of the template that is not known. */
export function* sharedPage(source: ShareSource): Generator<Uint8Array> {
  const numbers = [...numbersOf(source)];
  const gaps: Record<string, () => Iterable<string>> = {
    language: () => [source.words.language],
    direction: () => [source.words.direction],
    title: () => [inHtml(source.title)],
    without_script: () => [inHtml(source.withoutScript)],
    report: () => (source.report ? reportPieces(source.report) : []),
    words: () => [inData(source.words)],
    model: () => [
      inData(
        wordsOf(
          source,
          numbers.map(({ array }) => array),
        ),
      ),
    ],
    numbers: () => toBase64(numbers.map(({ bytes }) => bytes)),
    script: () => [source.script],
  };
  const encoder = new TextEncoder();
  for (const [i, piece] of source.template.split(/\{\{(\w+)\}\}/).entries()) {
    // What was in braces stands between what was not.
    const pieces = i % 2 === 0 ? [piece] : gaps[piece]?.();
    if (!pieces) throw new Error(`the template has a gap “${piece}”`);
    for (const text of pieces) yield encoder.encode(text);
  }
}

function wordsOf({ model, gleaner, licences }: ShareSource, arrays: SharedArray[]): SharedModel {
  const { labels, backbone, beside, head, report, resemblance, verdicts } = model;
  return {
    labels: labels.map(({ name }) => name),
    backbone,
    ...(beside && { beside }),
    head: head.kind,
    ...(resemblance && { least: resemblance.least }),
    testAccuracy: report.testAccuracy,
    tested: verdicts.filter(({ split }) => split === 'test').length,
    learnt: Object.values(report.counts).reduce((sum, { train, valid }) => sum + train + valid, 0),
    trainedAt: report.trainedAt,
    gleaner,
    licences,
    arrays,
  };
}

interface Numbers {
  array: SharedArray;
  bytes: Uint8Array;
}

/** Matrices in 16 bits, what there are few of in 32. */
function* numbersOf({ layers, model: { head, resemblance } }: ShareSource): Generator<Numbers> {
  for (const { name, parts } of layers) {
    // A file that holds halves holds batch norm in them too.
    const raw = 'gamma' in parts;
    for (const [part, values] of Object.entries(parts)) {
      yield raw || part === 'kernel' ? half(`${name}/${part}`, values) : whole(`${name}/${part}`, values);
    }
  }
  yield* headNumbers(head);
  if (!resemblance) return;
  const { means } = resemblance;
  yield { array: { name: 'resemblance/means', length: means.length, bits: 16 }, bytes: bytesOf(means) };
}

function* headNumbers(head: HeadWeights): Generator<Numbers> {
  if (head.kind === 'linear') {
    yield whole('head/w', head.w.values);
    yield whole('head/b', head.b);
    return;
  }
  yield half('head/w1', head.w1.values);
  for (const part of ['b1', 'gamma', 'beta', 'mean', 'variance'] as const) yield whole(`head/${part}`, head[part]);
  yield whole('head/w2', head.w2.values);
  yield whole('head/b2', head.b2);
}

function half(name: string, values: Float32Array): Numbers {
  return { array: { name, length: values.length, bits: 16 }, bytes: bytesOf(float16(values)) };
}

function whole(name: string, values: Float32Array): Numbers {
  return { array: { name, length: values.length, bits: 32 }, bytes: bytesOf(values) };
}

/** Apart from the page, whose style it does not share; shown without any script. */
function* reportPieces({ style, html }: DrawnReport): Generator<string> {
  yield `<template shadowrootmode="open"><style>${style}</style>`;
  yield html;
  yield '</template>';
}

/** A text between tags or in an attribute. */
function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** JSON in a block of data, which nothing in it can end. */
function inData(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
