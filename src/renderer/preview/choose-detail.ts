import type { HeadDetail } from '../workspace/view-store';

const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|software|basic render/i;

/** Which head to load: what the user chose, or the light one where the processor has to draw it. */
export function chooseDetail(choice: HeadDetail, isSoftware: boolean): 'full' | 'light' {
  if (choice !== 'auto') return choice;
  return isSoftware ? 'light' : 'full';
}

/** True when no graphics processor draws: by the name of the renderer, which is empty when the browser hides it. */
export function isSoftwareRendererName(name: string): boolean {
  return SOFTWARE_RENDERERS.test(name);
}

const known = new WeakMap<WebGLRenderingContext | WebGL2RenderingContext, boolean>();

/** True when the processor has to draw this canvas. Asking waits for the graphics process, so each canvas is asked once. */
export function isSoftwareRenderer(context: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const answer = known.get(context);
  if (answer !== undefined) return answer;
  const extension = context.getExtension('WEBGL_debug_renderer_info');
  const isSoftware = extension !== null && isSoftwareRendererName(String(context.getParameter(extension.UNMASKED_RENDERER_WEBGL)));
  known.set(context, isSoftware);
  return isSoftware;
}
