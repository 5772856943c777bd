// Between the views each pod's card flies to its other place: it is the same pod.
import { flushSync } from 'react-dom';
import { clock, isMotionOff } from '#state';
import './fly-pods.css';

/** With more cards than these the flight would be a swarm. */
const PODS_MAX = 60;

/**
 * Changes the view, and lets the cards fly where the browser can and the visitor wants it.
 *
 * @param update - what changes the view; it must do so at once
 */
export function flyPods(update: () => void): void {
  const before = podElements();
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!document.startViewTransition || isCalm || isMotionOff(clock.getState()) || before.length > PODS_MAX) {
    update();
    return;
  }
  nameEach(before, true);
  const transition = document.startViewTransition(async () => {
    nameEach(before, false);
    flushSync(update);
    // The graph library measures itself first.
    await new Promise((resolve) => setTimeout(resolve));
    nameEach(podElements(), true);
  });
  const end = () => nameEach(podElements(), false);
  transition.finished.then(end, end);
}

function podElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-pod-uid]')];
}

function nameEach(elements: readonly HTMLElement[], isNamed: boolean): void {
  const used = new Set<string>();
  for (const element of elements) {
    const name = `pod-${element.dataset.podUid?.replace(/[^\w-]/g, '_')}`;
    element.style.viewTransitionName = isNamed && !used.has(name) ? name : '';
    used.add(name);
  }
}
