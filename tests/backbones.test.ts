// The backbones as data: what they say of themselves holds, ids tell what they are of, and the shipped file is the one named.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BACKBONES, BUILT_IN, backboneOf, backboneOfId, featuresId, geometryOf, weightsOfId } from '../src/backbones';
import { inputsOf, kernelLength, outputsOf, packedLength, weightedLayers } from '../src/backbones/layers';
import { backbonesOf, idsOf, inputId, inputLength, networkNames, seeTheSame } from '../src/backbones/together';
import type { Architecture } from '../src/contract/backbone';
import type { BackboneInfo } from '../src/contract/features';
import { planKernels } from '../src/pipeline/features/kernel-plan';
import { mapsLength, outputSide } from '../src/pipeline/features/kernel-tables';

const PUBLIC = join(import.meta.dirname, '../public');

/** Multiplications of one image, and the side of the last maps. */
function work({ side, layers }: Architecture): { multiplications: number; side: number } {
  const sides = new Map([['image', side]]);
  let multiplications = 0;
  for (const layer of layers) {
    const from = sides.get(inputsOf(layer)[0]!)!;
    if (layer.kind === 'add') {
      sides.set(layer.name, from);
      continue;
    }
    const window = layer.kind === 'max-pool' ? layer.side : layer.shape[0];
    const to = outputSide(from, window, layer.stride, layer.pad);
    sides.set(layer.name, to);
    if (layer.kind !== 'max-pool') multiplications += to ** 2 * kernelLength(layer);
  }
  return { multiplications, side: sides.get(layers.at(-1)!.name)! };
}

describe.each(BACKBONES.map(one => [one.family, one] as const))('%s', (_family, backbone) => {
  it('reads only what is computed before, under names no other layer has', () => {
    const known = new Set(['image']);
    for (const layer of backbone.layers) {
      for (const name of inputsOf(layer)) expect(known).toContain(name);
      expect(known).not.toContain(layer.name);
      known.add(layer.name);
    }
  });

  it('fits together, channel for channel, and gives as many features as it says on a 7 × 7 map', () => {
    const channels = new Map([['image', 3]]);
    for (const layer of backbone.layers) {
      const inputs = inputsOf(layer).map(name => channels.get(name)!);
      if (layer.kind === 'add') expect(inputs[0]).toBe(inputs[1]);
      if (layer.kind === 'conv' || layer.kind === 'depthwise') expect(layer.shape[2]).toBe(inputs[0]);
      const weighted = layer.kind === 'conv' || layer.kind === 'depthwise';
      channels.set(layer.name, weighted ? outputsOf(layer) : inputs[0]!);
    }
    expect(channels.get(backbone.layers.at(-1)!.name)).toBe(backbone.length);
    expect(work(backbone).side).toBe(7);
  });

  it('has a name in the files for each layer, and no two the same', () => {
    const names = weightedLayers(backbone).flatMap(({ name }) => Object.values(backbone.file.names(name)));
    expect(new Set(names).size).toBe(2 * weightedLayers(backbone).length);
    for (const name of names) {
      const inFile = backbone.file.format === 'safetensors' ? `${name}.weight` : name;
      if (/conv1_(conv|bn)$/.test(name) && backbone.file.format === 'keras-h5') continue;
      expect(inFile).toMatch(backbone.file.kind);
    }
  });

  it('shares memory on the kernels only where nobody reads it any more', () => {
    const { steps, layouts, rooms, lengths } = planKernels(backbone, 4);
    const holds = new Map<number, string>();
    for (const { from, to, residual } of steps) {
      for (const name of [from, residual]) {
        if (name !== undefined && name !== 'image') expect(holds.get(rooms.get(name)!), `${name} for ${to}`).toBe(name);
      }
      const room = rooms.get(to)!;
      expect(room, to).not.toBe(rooms.get(from));
      expect(lengths[room]).toBeGreaterThanOrEqual(mapsLength(4, layouts.get(to)!));
      holds.set(room, to);
    }
    expect(holds.get(rooms.get(steps.at(-1)!.to)!)).toBe(backbone.layers.at(-1)!.name);
  });
});

it('have as much to do as their papers say', () => {
  expect(work(BUILT_IN).multiplications / 1e6).toBeCloseTo(385, -1);
  expect(work(backboneOf('keras-v1')).multiplications / 1e9).toBeCloseTo(3.86, 1);
  expect(packedLength(BUILT_IN)).toBeLessThan(3.4e6);
});

it('built in is the file its id names, with licence and origin beside it', () => {
  const { path, bytes, sha256 } = BUILT_IN.builtIn!;
  const file = readFileSync(join(PUBLIC, path));
  expect(file).toHaveLength(bytes);
  expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
  expect(readFileSync(join(PUBLIC, 'backbones/NOTICE.txt'), 'utf8')).toContain(sha256);
  expect(readFileSync(join(PUBLIC, 'backbones/LICENSE-Apache-2.0.txt'), 'utf8')).toContain('Version 2.0, January 2004');
});

describe('ids', () => {
  const [old, crop] = ['resnet50-torch-v1.5-0123456789abcdef-squash224', 'efficientnet-lite0-b162cb0e1da74881-crop224'];

  it('tell network, weights and geometry', () => {
    expect(backboneOfId(old)?.family).toBe('torch-v1.5');
    expect(backboneOfId(crop)?.family).toBe('efficientnet-lite0');
    expect([old, crop, 'resnet50-keras-v1-0'].map(geometryOf)).toEqual(['squash', 'crop', 'squash']);
    expect(weightsOfId(old)).toBe('resnet50-torch-v1.5-0123456789abcdef');
    expect(featuresId(old, 'crop')).toBe('resnet50-torch-v1.5-0123456789abcdef-crop224');
    expect(featuresId(featuresId(crop, 'squash'), 'crop')).toBe(crop);
  });

  it('of a network that is not known here tell that', () => {
    for (const id of ['', 'net', 'efficientnet-lite1-0-crop224', 'resnet50']) expect(backboneOfId(id)).toBeUndefined();
  });
});

describe('several backbones that one head reads', () => {
  const info = (id: string): BackboneInfo => ({
    id,
    family: backboneOfId(id)!.family,
    weights: 'file',
    source: 'a file',
  });
  const lite = info('efficientnet-lite0-b162cb0e1da74881-crop224');
  const resnet = info('resnet50-torch-v1.5-0123456789abcdef-crop224');

  it('have the features of all, in order, and one name that tells them apart', () => {
    const both = { backbone: resnet, beside: [lite] };
    expect(backbonesOf(both)).toEqual([resnet, lite]);
    expect(inputLength(both)).toBe(2048 + 1280);
    expect(idsOf(inputId(both))).toEqual([resnet.id, lite.id]);
    expect(networkNames(inputId(both))).toBe('ResNet-50 + EfficientNet-Lite0');
    expect(inputId({ backbone: lite })).toBe(lite.id);
    expect(inputLength({ backbone: lite })).toBe(1280);
    expect(networkNames('net')).toBe('net');
  });

  it('stand together only where they see the same square', () => {
    expect(seeTheSame([lite, resnet])).toBe(true);
    expect(seeTheSame([lite, info(featuresId(resnet.id, 'squash'))])).toBe(false);
  });
});
