// The list of faults. A new fault is one file and one line here.
import { type Json, type ObjectKey, type Pod, partsOfKey } from '#kube';
import { done, type Outcome, type Turn, type View } from '../kernel/index.ts';
import { FAULT_SEEN, imageTarget } from '../kubelet/index.ts';
import { type Fault, type FaultView, nameIn } from './fault.ts';
import { imageCrashes, imageRuns } from './image-crashes.ts';
import { imagePullFails, imagePullWorks } from './image-pull-fails.ts';
import { imagePullNormal, imagePullSlow } from './image-pull-slow.ts';
import { nodeDown, nodeUp } from './node-down.ts';
import { nodeReady, nodeUnready } from './node-unready.ts';
import { podCrash } from './pod-crash.ts';
import { podCrashLoop, podCrashLoopEnds } from './pod-crash-loop.ts';
import { podFail } from './pod-fail.ts';
import { podHang } from './pod-hang.ts';
import { podHonoursSigterm, podIgnoresSigterm } from './pod-ignores-sigterm.ts';
import { podNotReady, podReadyAgain } from './pod-not-ready.ts';
import { PROVISIONER_TARGET, provisionerGoesOn, provisionerStops } from './provisioner-stops.ts';

export type { Fault } from './fault.ts';
export { endProcess, setProgram } from './from-inside.ts';
export { faultRules } from './rules.ts';

export const faults: readonly Fault[] = [
  nodeDown,
  nodeUp,
  nodeUnready,
  nodeReady,
  podCrash,
  podCrashLoop,
  podCrashLoopEnds,
  podNotReady,
  podReadyAgain,
  podHang,
  podFail,
  podIgnoresSigterm,
  podHonoursSigterm,
  imagePullFails,
  imagePullWorks,
  imagePullSlow,
  imagePullNormal,
  imageCrashes,
  imageRuns,
  provisionerStops,
  provisionerGoesOn,
];

/** A fault that may strike now. */
export interface FaultOffer {
  readonly id: string;
  readonly title: string;
  readonly target: ObjectKey;
  readonly risk?: string;
}

/**
 * Strikes a target with a fault (FAULT-1). An unknown fault, or one that has nothing to do with the target now, changes
 * nothing: an act must stay playable on a branch where its target is gone.
 */
export function applyFault(turn: Turn, id: string, target: ObjectKey): Outcome {
  const fault = faults.find((known) => known.id === id);
  if (!fault || !isTargetOf(fault, target) || !fault.canStrike(turn, target)) return done;
  turn.remember(FAULT_SEEN, true);
  return fault.apply(turn, target);
}

const isTargetOf = (fault: Fault, target: ObjectKey): boolean => partsOfKey(target).kind === fault.targetKind;

/** Images of a pod, each once. */
const imagesOf = ({ spec }: Pod): readonly string[] => [
  ...new Set([...spec.containers, ...(spec.initContainers ?? [])].map(({ image }) => image)),
];

/** What can be struck where a person points at an object: the object, its images, and the provisioner behind claims. */
function targetsOf(view: View, id: ObjectKey): readonly ObjectKey[] {
  const { kind } = partsOfKey(id);
  if (kind === 'Image' || kind === 'Provisioner') return [id];
  const object = view.find(id);
  if (!object) return [];
  if (kind === 'Pod') return [id, ...imagesOf(object as Pod).map(imageTarget)];
  if (kind === 'PersistentVolumeClaim') return [PROVISIONER_TARGET];
  return [id];
}

/**
 * The faults that may strike now where a person points at an object.
 * @param view the objects at that moment
 * @param memory the world's memory at that moment
 * @param id the key of the object; of a pod, faults of its images are offered too
 */
export function faultsFor(view: View, memory: ReadonlyMap<string, Json>, id: ObjectKey): readonly FaultOffer[] {
  const look: FaultView = { view, recall: <T extends Json>(key: string) => memory.get(key) as T | undefined };
  return targetsOf(view, id).flatMap((target) =>
    faults
      .filter((fault) => isTargetOf(fault, target) && fault.canStrike(look, target))
      .map(({ id: fault, title, risk }) => ({
        id: fault,
        title: title(nameIn(target)),
        target,
        ...(risk !== undefined && { risk }),
      })),
  );
}
