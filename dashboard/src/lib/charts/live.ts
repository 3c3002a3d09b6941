import type { Attachment } from 'svelte/attachments';
import type { Figure } from '../figure/figure.ts';

/**
 * Lets Chart.js take over from the picture in the page: loads it only when the figure comes near the screen, draws at the
 * width there is, redraws when that changes, closes a tooltip on Escape. Print keeps the picture.
 */
export function live(figure: Figure, hidden: ReadonlySet<string>): Attachment<HTMLElement> {
  return (node) => {
    let ended = false;
    let stop = () => {};
    const start = async () => {
      const { draw } = await import('./draw.ts');
      if (ended) return;
      const stopped = await draw(node, figure, hidden);
      if (ended) stopped();
      else stop = stopped;
    };
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        void start();
      },
      { rootMargin: '400px' },
    );
    watch.observe(node);
    return () => {
      ended = true;
      watch.disconnect();
      stop();
    };
  };
}
