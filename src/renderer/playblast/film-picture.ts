import { inkOf } from '../ui/use-canvas';

/** What is written into the picture. */
export interface BurnIn {
  readonly title: string;
  readonly timecode: string;
}

/** Draws pictures of a film: the stage of the viewport, the head on it, and what is burnt in. */
export class FilmPicture {
  readonly canvas = document.createElement('canvas');
  private readonly ground: CanvasGradient;
  private readonly floor: CanvasGradient;
  private readonly context: CanvasRenderingContext2D;

  constructor(width: number, height: number) {
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('there is no canvas to draw a film on');
    this.context = context;
    const ink = inkOf(document.documentElement);
    this.ground = context.createRadialGradient(width / 2, height * 0.42, 0, width / 2, height * 0.42, 0.8 * Math.max(width, height) * 0.75);
    this.ground.addColorStop(0, ink('--stage-near'));
    this.ground.addColorStop(0.55, ink('--stage-middle'));
    this.ground.addColorStop(1, ink('--stage-far'));
    // As in the viewport, the cut of the bust fades into the dark.
    this.floor = context.createLinearGradient(0, height, 0, height * 0.66);
    this.floor.addColorStop(0.22, ink('--stage-far'));
    this.floor.addColorStop(1, 'transparent');
  }

  /** Draws a picture; the canvas holds it until the next one. */
  draw(head: CanvasImageSource, burnIn: BurnIn | null): void {
    const { context, canvas } = this;
    const { width, height } = canvas;
    context.fillStyle = this.ground;
    context.fillRect(0, 0, width, height);
    context.drawImage(head, 0, 0, width, height);
    context.fillStyle = this.floor;
    context.fillRect(0, height * 0.66, width, height * 0.34);
    if (burnIn) this.write(burnIn);
  }

  private write({ title, timecode }: BurnIn): void {
    const { context, canvas } = this;
    const size = Math.max(11, Math.round(canvas.height / 26));
    const margin = Math.round(size * 0.9);
    const baseline = canvas.height - margin;
    context.font = `600 ${size}px 'Inter Variable', sans-serif`;
    context.textBaseline = 'alphabetic';
    context.lineJoin = 'round';
    context.lineWidth = size / 5;
    context.strokeStyle = 'rgb(0 0 0 / 70%)';
    context.fillStyle = 'white';
    for (const [label, align, x] of [
      [title, 'left', margin],
      [timecode, 'right', canvas.width - margin],
    ] as const) {
      context.textAlign = align;
      const room = align === 'left' ? canvas.width * 0.62 : canvas.width * 0.34;
      context.strokeText(label, x, baseline, room);
      context.fillText(label, x, baseline, room);
    }
  }
}
