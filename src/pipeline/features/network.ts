// What the frozen network does, on whatever it runs.

export interface Network {
  /**
   * Last activations [count × positions × channels], row-major, of `count` images given as RGB bytes laid end to end
   * (side × side × 3 each). `batch` pads the batch with black images to a fixed size, because GPU backends compile anew
   * for every shape. `breathe` is awaited between layers, so that a worker can read and decode while it computes.
   */
  activations(pixels: Uint8Array, batch?: number, breathe?: () => Promise<void>): Promise<Float32Array>;
}
