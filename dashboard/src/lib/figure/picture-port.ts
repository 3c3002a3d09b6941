import type { Figure } from './figure.ts';

type Renderer = (figure: Figure, width: number) => string;

/** In the browser nothing draws: an empty comment makes hydration keep the picture that came with the page. */
let renderer: Renderer = () => '<!---->';

/** The server says how pictures are made, once, when it starts; the browser never loads that code. */
export function providePictures(how: Renderer): void {
  renderer = how;
}

/** The figure as an SVG element, on the server. */
export function pictureOf(figure: Figure, width: number): string {
  return renderer(figure, width);
}
