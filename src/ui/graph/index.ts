// The canvas: both views of a cluster, and the hooks that any part of the page reads facts with.
export { Clipped } from './clipped.tsx';
export { flyPods } from './fly-pods.ts';
export { IdentityView, type IdentityViewProps } from './identity-view.tsx';
export { NodesView, type NodesViewProps } from './nodes-view.tsx';
export { PodCard, type PodCardProps } from './pod-card.tsx';
export { useFactIds, useFacts, useIsSelected, useMomentMs } from './use-facts.ts';
export { useIsCalm, useMotionAttributes } from './use-motion.ts';
export {
  formatCount,
  formatMoment,
  formatSpan,
  ordinalWord,
  podWord,
  STATE_WORDS,
  secondsLeft,
  shortImage,
  shortUid,
} from './words.ts';
