// The webcam: opened when the user asks for it, its frames, and why it could not be had. Nothing of it leaves the page.
import { GleanerError } from '../contract/error';

/** Enough for any backbone, and what every webcam gives quickly. */
const WIDTH = 640;
/** Of frames that become images of a label. */
const QUALITY = 0.92;

/** Asks the browser, which asks the user. Rejects with 'camera_none', 'camera_refused', 'camera_busy' or 'camera_hidden'. */
export async function openCamera(): Promise<MediaStream> {
  // Browsers that hide it from pages opened from a file say nothing, they have none.
  if (!navigator.mediaDevices) throw new GleanerError('camera_hidden');
  try {
    // Of a phone's two the one that looks away from its owner.
    const video = { width: WIDTH, facingMode: { ideal: 'environment' } };
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw new GleanerError(troubleOf(error), [], { cause: error });
  }
}

function troubleOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'camera_none';
  return name === 'NotAllowedError' ? 'camera_refused' : 'camera_busy';
}

/** Ends it; the light beside the lens goes out. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Calls back when it ends by itself, as one that is unplugged or taken away does; not when `closeCamera` ends it. */
export function onCameraLost(stream: MediaStream, lost: (error: GleanerError) => void): void {
  for (const track of stream.getTracks())
    track.addEventListener('ended', () => lost(new GleanerError('camera_lost')), { once: true });
}

/** Shows a stream; resolves when there is a first frame. */
export async function showCamera(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  video.srcObject = stream;
  await video.play();
}

/** What is seen now, as a JPEG file. */
export async function frameFile(video: HTMLVideoElement, name: string): Promise<File> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new File([await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })], name, { type: 'image/jpeg' });
}
