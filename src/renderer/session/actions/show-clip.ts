import { FRAME_RATE_HZ, type FrameRange } from '../../../shared/clip/timing';
import { findClip } from '../../document/selectors';
import { showError } from '../../workspace/notice-store';
import type { Studio } from '../studio';

/** Makes a clip the shown one: timeline, viewport and sound follow. The playhead goes to its start. */
export async function showClip(studio: Studio, clipId: string | null): Promise<void> {
  studio.transport.pause();
  studio.view.getState().update({ activeClipId: clipId, selection: null, scrollSeconds: 0, selectedEyeEvent: null, selectedFinding: null });
  const clip = findClip(studio.document.getState().project, clipId);
  studio.transport.setSource(null, clip?.audio.durationSeconds ?? 0);
  studio.transport.seek(0);
  fitTimeline(studio);
  if (!clip) return;
  try {
    const { bytes, mimeType } = await studio.client.call('audio.playable', { sha256: clip.audio.sha256 });
    if (studio.view.getState().activeClipId !== clipId) return;
    studio.transport.setSource(new Blob([bytes.slice()], { type: mimeType }), clip.audio.durationSeconds);
  } catch (error) {
    showError(studio.notices, error);
  }
}

/** Zooms the timeline so that the whole clip, or its first minute, is seen. */
export function fitTimeline(studio: Studio): void {
  const clip = findClip(studio.document.getState().project, studio.view.getState().activeClipId);
  const seconds = Math.min(60, clip?.audio.durationSeconds ?? 10);
  studio.view.getState().update({ pixelsPerSecond: Math.max(8, (studio.transient.getState().timelineWidth - 24) / seconds), scrollSeconds: 0 });
}

/** Zooms the timeline to the time selection with some room around it; without one, to the whole clip. */
export function frameSelection(studio: Studio): void {
  const { selection } = studio.view.getState();
  if (selection) frameTime(studio, selection);
  else fitTimeline(studio);
}

/** Zooms the timeline to a range with some room around it. */
export function frameTime(studio: Studio, { startFrame, endFrame }: FrameRange): void {
  const seconds = (endFrame - startFrame) / FRAME_RATE_HZ;
  const margin = Math.max(0.3, seconds * 0.1);
  studio.view.getState().update({
    pixelsPerSecond: Math.min(600, studio.transient.getState().timelineWidth / (seconds + 2 * margin)),
    scrollSeconds: Math.max(0, startFrame / FRAME_RATE_HZ - margin),
  });
}
