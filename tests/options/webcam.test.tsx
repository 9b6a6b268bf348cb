// @vitest-environment jsdom
// The webcam ends when its screen is left, when it is unplugged, and when the browser's question is answered too late.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeCamera, onCameraLost } from '../../src/edges/camera';

const { openCamera, complain } = vi.hoisted(() => ({ openCamera: vi.fn(), complain: vi.fn() }));
vi.mock('webextension-polyfill', () => ({ default: { i18n: { getMessage: (key: string) => key } } }));
vi.mock('../../src/edges/camera', async original => ({
  ...(await original<typeof import('../../src/edges/camera')>()),
  openCamera,
  showCamera: async () => undefined,
}));
vi.mock('../../src/entries/parts/complain', () => ({
  complain,
  attempt: (work: () => Promise<unknown>) => work().catch(complain),
}));
vi.mock('../../src/entries/workers/predictor', () => ({ predictImage: vi.fn() }));
vi.mock('../../src/entries/options/app/state', async () => {
  const { signal } = await import('@preact/signals');
  return { model: signal(), labels: signal([]) };
});
vi.mock('../../src/entries/options/dataset/adding', () => ({ add: vi.fn() }));

const { Webcam } = await import('../../src/entries/options/try/webcam');

class Track extends EventTarget {
  stop = vi.fn();
}
const stream = (track: Track) => ({ getTracks: () => [track] }) as unknown as MediaStream;
const place = document.createElement('div');
const show = () => act(() => render(<Webcam paused={false} onTrain={() => undefined} />, place));
const press = (words: string) =>
  act(async () => [...place.querySelectorAll('button')].find(one => one.textContent === words)!.click());

beforeEach(() => {
  vi.clearAllMocks();
  document.body.replaceChildren(place);
});
afterEach(() => act(() => render(null, place)));

it('turns off when the screen is left', async () => {
  const track = new Track();
  openCamera.mockResolvedValue(stream(track));
  await show();
  await press('webcam_start');
  expect(place.querySelector('video')).not.toBeNull();
  await act(() => render(null, place));
  expect(track.stop).toHaveBeenCalled();
});

it('is not left on where the question is answered after the screen was left', async () => {
  const track = new Track();
  let answer = (_: MediaStream) => {};
  openCamera.mockReturnValue(new Promise<MediaStream>(resolve => (answer = resolve)));
  await show();
  await press('webcam_start');
  await act(() => render(null, place));
  await act(async () => answer(stream(track)));
  expect(track.stop).toHaveBeenCalled();
});

it('says so when it is unplugged, and can be turned on again', async () => {
  const track = new Track();
  openCamera.mockResolvedValue(stream(track));
  await show();
  await press('webcam_start');
  await act(async () => void track.dispatchEvent(new Event('ended')));
  expect(place.querySelector('video')).toBeNull();
  expect(complain).toHaveBeenCalledWith(expect.objectContaining({ code: 'camera_lost' }));
  await press('webcam_start');
  expect(place.querySelector('video')).not.toBeNull();
});

it('says why it could not be had', async () => {
  openCamera.mockRejectedValue(new Error('camera_refused'));
  await show();
  await press('webcam_start');
  expect(complain).toHaveBeenCalledWith(expect.objectContaining({ message: 'camera_refused' }));
  expect(place.querySelector('video')).toBeNull();
});

it('tells an end of its own from one that was asked for', () => {
  const [track, lost] = [new Track(), vi.fn()];
  onCameraLost(stream(track), lost);
  closeCamera(stream(track));
  expect(lost).not.toHaveBeenCalled();
});
