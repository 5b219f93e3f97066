import type { HeadDetail } from '../workspace/view-store';

const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|software|basic render/i;

/** Which head to load: what the user chose, or the light one where a processor has to draw it. */
export function chooseDetail(choice: HeadDetail, rendererName: string): 'full' | 'light' {
  if (choice !== 'auto') return choice;
  return SOFTWARE_RENDERERS.test(rendererName) ? 'light' : 'full';
}

/** Name of the graphics processor behind a canvas, or an empty string when the browser hides it. */
export function rendererName(context: WebGLRenderingContext | WebGL2RenderingContext): string {
  const extension = context.getExtension('WEBGL_debug_renderer_info');
  return extension ? String(context.getParameter(extension.UNMASKED_RENDERER_WEBGL)) : '';
}
