// Tells graphics devices from programs that draw on the processor.

/** Ten to twenty-five times slower than wasm. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render|warp\b/i;

/** Whether a renderer or adapter of this name is a program instead of a graphics device. */
export function isSoftware(name: string): boolean {
  return SOFTWARE.test(name);
}
