/** How much an element is enlarged by the size of the interface. Pointers are told in pixels of the window, layouts in pixels of their own. */
export function zoomOf(element: Element): number {
  return element.currentCSSZoom ?? 1;
}

/** Where a pointer is inside an element, in the pixels the element is laid out in. */
export function localPoint(element: Element, pointer: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (pointer.clientX - left) / zoom, y: (pointer.clientY - top) / zoom };
}
