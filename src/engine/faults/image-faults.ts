// What image faults have in common: they strike every container of that image, whatever its pod (FAULT-4).
import { keyOf, type ObjectKey, type Pod } from '#kube';
import { act, type Turn } from '../kernel/index.ts';
import { faultKey } from '../kubelet/index.ts';
import { type Fault, isSet, nameIn } from './fault.ts';

interface ImageFault {
  readonly id: string;
  readonly undo: string;
  readonly title: (image: string) => string;
  readonly titleBack: (image: string) => string;
  readonly words: (image: string) => string;
  readonly wordsBack: (image: string) => string;
}

const usesImage = ({ spec }: Pod, image: string): boolean =>
  spec.containers.some((container) => container.image === image) ||
  (spec.initContainers?.some((container) => container.image === image) ?? false);

/** Lets the kubelets of all pods of an image look. O(pods), once for an act of a person. */
function wakePods(turn: Turn, image: string): void {
  for (const pod of turn.view.list('Pod'))
    if (pod.spec.nodeName !== undefined && usesImage(pod, image))
      turn.wake('kubelet', keyOf('Pod', pod.metadata.namespace, pod.metadata.name), 0);
}

/** A lasting fault of an image, and the one that takes it back. */
export function newImageFault(spec: ImageFault): readonly [Fault, Fault] {
  const isActive: Fault['isActive'] = (look, target) => isSet(look, spec.id, target);
  const apply = (turn: Turn, target: ObjectKey, value: { sinceMs: number } | undefined, words: string) => {
    turn.remember(faultKey(spec.id, target), value);
    wakePods(turn, nameIn(target));
    return act('FAULT-4', target, { words });
  };
  return [
    {
      id: spec.id,
      title: spec.title,
      targetKind: 'Image',
      describe: spec.words,
      canStrike: (look, target) => !isActive(look, target),
      isActive,
      apply: (turn, target) => apply(turn, target, { sinceMs: turn.nowMs }, spec.words(nameIn(target))),
      undo: spec.undo,
    },
    {
      id: spec.undo,
      title: spec.titleBack,
      targetKind: 'Image',
      describe: spec.wordsBack,
      canStrike: isActive,
      isActive: () => false,
      apply: (turn, target) => apply(turn, target, undefined, spec.wordsBack(nameIn(target))),
    },
  ];
}
