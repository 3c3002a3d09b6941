import { textWidth } from './text-width.ts';

type Matrix = [number, number, number, number, number, number];

interface State {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  lineDashOffset: number;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  dash: number[];
  matrix: Matrix;
  clip: string | null;
}

const fresh: State = {
  fillStyle: '#000',
  strokeStyle: '#000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  lineDashOffset: 0,
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  dash: [],
  matrix: [1, 0, 0, 1, 0, 0],
  clip: null,
};

const short = (number: number): string => String(Math.round(number * 10) / 10);
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A CSS colour as an SVG colour and an opacity. */
function paint(colour: string): { colour: string; opacity: number } {
  const hex = /^#([0-9a-f]{6})([0-9a-f]{2})$/i.exec(colour);
  if (hex) return { colour: `#${hex[1]}`, opacity: parseInt(hex[2] ?? 'ff', 16) / 255 };
  const rgba = /^rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)$/.exec(colour);
  if (rgba) return { colour: `rgb(${rgba[1]},${rgba[2]},${rgba[3]})`, opacity: Number(rgba[4]) };
  return { colour, opacity: 1 };
}

/** How far below the baseline a text stands, in shares of its size. */
const drop: Record<string, number> = { top: 0.8, hanging: 0.8, middle: 0.35, bottom: -0.2, ideographic: -0.2 };
const anchor: Record<string, string> = { center: 'middle', right: 'end', end: 'end' };

/**
 * The part of CanvasRenderingContext2D that Chart.js draws with, writing SVG instead of pixels: text stays text, dashes stay
 * dashes, and the bytes do not depend on the machine or its fonts. `id` keeps clip paths apart when pages hold several.
 */
export class SvgContext {
  readonly canvas: SvgCanvas;
  private state: State = structuredClone(fresh);
  private stack: State[] = [];
  private path = '';
  private marks: string[] = [];
  private clips: string[] = [];
  private readonly id: string;

  constructor(canvas: SvgCanvas, id: string) {
    this.canvas = canvas;
    this.id = id;
    for (const name of Object.keys(fresh) as (keyof State)[]) {
      if (name === 'dash' || name === 'matrix' || name === 'clip') continue;
      Object.defineProperty(this, name, {
        get: () => this.state[name],
        set: (value: never) => void Object.assign(this.state, { [name]: value }),
      });
    }
  }

  /** Everything drawn so far, as one SVG element that assistive technology skips. */
  svg(): string {
    const { width, height } = this.canvas;
    const defs = this.clips.length ? `<defs>${this.clips.join('')}</defs>` : '';
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Arial, Liberation Sans, Helvetica, sans-serif" aria-hidden="true" focusable="false">${defs}${this.marks.join('')}</svg>`;
  }

  save() {
    this.stack.push(structuredClone(this.state));
  }
  restore() {
    this.state = this.stack.pop() ?? this.state;
  }
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number) {
    this.state.matrix = [a, b, c, d, e, f];
  }
  resetTransform() {
    this.state.matrix = [1, 0, 0, 1, 0, 0];
  }
  translate(x: number, y: number) {
    const [a, b, c, d, e, f] = this.state.matrix;
    this.state.matrix = [a, b, c, d, a * x + c * y + e, b * x + d * y + f];
  }
  rotate(angle: number) {
    const [a, b, c, d, e, f] = this.state.matrix;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.state.matrix = [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, e, f];
  }
  scale(x: number, y: number) {
    const [a, b, c, d, e, f] = this.state.matrix;
    this.state.matrix = [a * x, b * x, c * y, d * y, e, f];
  }

  private at(x: number, y: number): string {
    const [a, b, c, d, e, f] = this.state.matrix;
    return `${short(a * x + c * y + e)} ${short(b * x + d * y + f)}`;
  }

  beginPath() {
    this.path = '';
  }
  closePath() {
    if (this.path) this.path += 'Z';
  }
  moveTo(x: number, y: number) {
    this.path += `M${this.at(x, y)}`;
  }
  lineTo(x: number, y: number) {
    this.path += `${this.path ? 'L' : 'M'}${this.at(x, y)}`;
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number) {
    this.path += `C${this.at(x1, y1)} ${this.at(x2, y2)} ${this.at(x, y)}`;
  }
  quadraticCurveTo(x1: number, y1: number, x: number, y: number) {
    this.path += `Q${this.at(x1, y1)} ${this.at(x, y)}`;
  }
  rect(x: number, y: number, width: number, height: number) {
    this.path += `M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`;
  }
  arc(x: number, y: number, radius: number, from: number, to: number, backwards = false) {
    const turn = backwards ? from - to : to - from;
    const point = (angle: number) => this.at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const sweep = backwards ? 0 : 1;
    this.path += `${this.path && !this.path.endsWith('Z') ? 'L' : 'M'}${point(from)}`;
    const size = short(radius);
    if (Math.abs(turn) >= 2 * Math.PI - 1e-6) {
      this.path += `A${size} ${size} 0 1 ${sweep} ${point(from + Math.PI)}A${size} ${size} 0 1 ${sweep} ${point(from)}`;
    } else {
      this.path += `A${size} ${size} 0 ${Math.abs(turn) > Math.PI ? 1 : 0} ${sweep} ${point(to)}`;
    }
  }
  ellipse(x: number, y: number, radius: number, _other: number, _turn: number, from: number, to: number) {
    this.arc(x, y, radius, from, to);
  }
  clip() {
    const name = `${this.id}-${this.clips.length}`;
    const within = this.state.clip ? ` clip-path="url(#${this.state.clip})"` : '';
    this.clips.push(`<clipPath id="${name}"${within}><path d="${this.path}"/></clipPath>`);
    this.state.clip = name;
  }

  private mark(element: string) {
    this.marks.push(this.state.clip ? `<g clip-path="url(#${this.state.clip})">${element}</g>` : element);
  }
  private opacity(name: string, value: number): string {
    const all = value * this.state.globalAlpha;
    return all >= 1 ? '' : ` ${name}="${Math.round(all * 1000) / 1000}"`;
  }
  fill() {
    const { colour, opacity } = paint(this.state.fillStyle);
    if (this.path && opacity > 0)
      this.mark(`<path d="${this.path}" fill="${colour}"${this.opacity('fill-opacity', opacity)}/>`);
  }
  stroke() {
    const { strokeStyle, lineWidth, dash, lineDashOffset } = this.state;
    const { colour, opacity } = paint(strokeStyle);
    if (!this.path || opacity === 0 || lineWidth === 0) return;
    const dashes = dash.length
      ? ` stroke-dasharray="${dash.map(short).join(' ')}" stroke-dashoffset="${short(lineDashOffset)}"`
      : '';
    this.mark(
      `<path d="${this.path}" fill="none" stroke="${colour}" stroke-width="${short(lineWidth)}"${dashes}${this.opacity('stroke-opacity', opacity)}/>`,
    );
  }
  fillRect(x: number, y: number, width: number, height: number) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }
  strokeRect(x: number, y: number, width: number, height: number) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
  }
  clearRect() {}
  setLineDash(dash: number[]) {
    this.state.dash = dash;
  }
  getLineDash(): number[] {
    return this.state.dash;
  }

  private get size(): number {
    return Number(/([\d.]+)px/.exec(this.state.font)?.[1] ?? 10);
  }
  private get bold(): boolean {
    return /\b(bold|[6-9]00)\b/.test(this.state.font);
  }
  measureText(text: string): { width: number } {
    return { width: textWidth(text, this.size, this.bold) };
  }
  fillText(text: string, x: number, y: number) {
    if (!text) return;
    const [a, b, c, d] = this.state.matrix;
    const turned = Math.abs(b) > 1e-6;
    const down = (drop[this.state.textBaseline] ?? 0) * this.size;
    const place = turned
      ? `transform="matrix(${[a, b, c, d].map(short).join(' ')} ${this.at(x, y + down)})"`
      : `x="${this.at(x, y + down).replace(' ', '" y="')}"`;
    const end = anchor[this.state.textAlign];
    const { colour, opacity } = paint(this.state.fillStyle);
    this.mark(
      `<text ${place} font-size="${short(this.size)}"${this.bold ? ' font-weight="bold"' : ''}${end ? ` text-anchor="${end}"` : ''} fill="${colour}"${this.opacity('fill-opacity', opacity)}>${escape(text)}</text>`,
    );
  }
  strokeText() {}
}

/** What Chart.js takes for a canvas: a size and a context. */
export class SvgCanvas {
  readonly context: SvgContext;
  width: number;
  height: number;

  constructor(width: number, height: number, id: string) {
    this.width = width;
    this.height = height;
    this.context = new SvgContext(this, id);
  }
  getContext(): SvgContext {
    return this.context;
  }
}
