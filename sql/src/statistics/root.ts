/**
 * The x in [low, high] at which the non-decreasing function f reaches `target`, by bisection to the last bit.
 * `root(x => x * x, 2, 0, 2)` is 1.414213562373095.
 */
export function root(f: (x: number) => number, target: number, low: number, high: number): number {
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
