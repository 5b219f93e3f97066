import { drawSheet } from './draw-sheet';
import { createFaceRenderer } from './face-renderer';
import type { DrawnSheet, SheetData } from './sheet-data';

declare global {
  interface Window {
    /** Draws the sheet of one clip. */
    drawClip?(data: SheetData): DrawnSheet;
  }
}

const { draw } = await createFaceRenderer();
window.drawClip = (data) => drawSheet(data, draw);
