/** Colour of the curve at a place of the list: neighbours are far apart on the wheel, and mixed with the ink of the theme they can be seen on any lane. */
export function curveColour(place: number): string {
  return `color-mix(in srgb, hsl(${(38 + place * 67) % 360} 80% 52%) 74%, var(--text))`;
}
