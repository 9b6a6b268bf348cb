// Renderers that are programs are told by their names, as browsers give them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSoftware } from '../../src/edges/renderer';

const SRC = join(import.meta.dirname, '../../src');

describe('a renderer', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'Google SwiftShader',
    'llvmpipe (LLVM 15.0.7, 256 bits)',
    'ANGLE (Mesa, llvmpipe (LLVM 17.0.6 256 bits), OpenGL 4.5)',
    'softpipe',
    'lavapipe',
    'ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'ANGLE (Software Adapter Direct3D11 vs_5_0 ps_5_0)',
    'D3D11 WARP',
    'Apple Software Renderer',
  ])('that is a program: %s', name => {
    expect(isSoftware(name)).toBe(true);
  });

  it.each([
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
    'Apple M2',
    'Adreno (TM) 640',
    'Mali-G78',
    'Radeon R9 200 Series, or similar',
    'nvidia ampere',
  ])('that is a device: %s', name => {
    expect(isSoftware(name)).toBe(false);
  });
});

it('is known by name in one file: a second list of names would not hear of those that are added', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name));
  const naming = files.filter(name => /swiftshader|llvmpipe/i.test(readFileSync(join(SRC, name), 'utf8')));
  expect(naming).toEqual([join('edges', 'renderer.ts')]);
});
