// The image of a tile: a grey field until it is there, a sign where the browser lost it.
import '../image/thumb.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { wantImage } from './tile-images';

/** @param side  of the tile in device pixels */
export function TileImage({ sha256, side }: { sha256: string; side: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [lost, setLost] = useState(false);
  useLayoutEffect(
    () =>
      wantImage(sha256, side, image => {
        if (image) draw(canvas.current, image);
        else setLost(true);
      }),
    [sha256, side],
  );
  useLayoutEffect(() => {
    const drawn = canvas.current;
    // Its pixels go at once, not when memory is next cleaned up.
    return () => void (drawn && draw(drawn, undefined));
  }, []);
  if (lost)
    return (
      <span class="no-picture">
        <Icon name="image" />
      </span>
    );
  return <canvas ref={canvas} width={0} height={0} />;
}

function draw(canvas: HTMLCanvasElement | null, image: ImageBitmap | undefined): void {
  if (canvas) {
    canvas.width = canvas.height = image?.width ?? 0;
    // In main memory: a texture of its own for each tile would cost more than it saves.
    if (image) canvas.getContext('2d', { alpha: false, willReadFrequently: true })?.drawImage(image, 0, 0);
  }
  image?.close();
}
