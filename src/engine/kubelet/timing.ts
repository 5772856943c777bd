// How long the things a kubelet does take. One table of believable delays; a cluster's configuration may override any.
import { fnv1a } from '#kube';
import { mix32 } from '#lib';
import type { ClusterConfig } from '../kernel/index.ts';

/** Virtual milliseconds. Names are the keys that `config.timing` overrides. */
export const KUBELET_TIMING = {
  /** Attaching a volume to a node, without waiting for another node to let go of it. */
  attachMs: 900,
  /** Mounting the volumes of a pod that has claims. */
  mountMs: 250,
  /** Making the pod's sandbox and giving it an address. */
  sandboxMs: 600,
  /** The first pull of an image on a node; an image takes 70 to 130 % of it, always the same. */
  pullMs: 3900,
  /** Pulls of an image that is made slow by a fault. */
  slowPullMs: 90_000,
  /** Asking the registry about an image that is on the node already (imagePullPolicy Always). */
  checkImageMs: 350,
  /** How long a pull goes on before it fails. */
  pullFailMs: 1500,
  /** From a failed pull to the kubelet's next look at the pod, which finds it in back-off. */
  pullNoticeMs: 2000,
  /** Creating and starting a container. */
  startMs: 250,
  /** From the start of a container to the first answer of its process; 70 to 130 % of it. */
  appStartMs: 700,
  /** From the start of a container to the first run of its probes, where they have no initial delay. */
  probeFirstMs: 1000,
  /** How long an init container runs. */
  initRunMs: 1800,
  /** How long a process that is told to crash lives. */
  crashAfterMs: 1500,
  /** From the exit of a container to what the kubelet does about it. */
  exitNoticeMs: 800,
  /** From SIGTERM to the exit of a process: at least, at most. */
  stopMinMs: 1000,
  stopMaxMs: 3000,
  /** A preStop hook whose length its text does not tell. */
  preStopMs: 1000,
  /** Killing the containers of a pod that is evicted by its node. */
  evictMs: 1000,
  /** Unmounting volumes and taking down the sandbox, before the kubelet confirms the end of a pod. */
  unmountMs: 300,
  /** From the unmounting of a volume to the moment when another node may attach it. */
  detachMs: 1000,
  /** After this time without word from the node a volume is detached by force. */
  forceDetachMs: 360_000,
  /** From the return of a node, or a change of its health, to the kubelet's report. */
  reportMs: 1000,
} as const;

export type KubeletTiming = { readonly [K in keyof typeof KUBELET_TIMING]: number };

const resolved = new WeakMap<ClusterConfig['timing'], KubeletTiming>();

/** The delays of a cluster: KUBELET_TIMING with what its configuration overrides. */
export function timingOf(config: ClusterConfig): KubeletTiming {
  const known = resolved.get(config.timing);
  if (known) return known;
  const timing: Record<string, number> = { ...KUBELET_TIMING };
  for (const key in KUBELET_TIMING) timing[key] = config.timing[key] ?? (timing[key] as number);
  const made = timing as KubeletTiming;
  resolved.set(config.timing, made);
  return made;
}

/** Chance in [0, 1) that depends on the cluster's seed and on a text alone, so that it does not move with other events. */
export const chanceOf = (config: ClusterConfig, text: string): number => mix32(config.seed, fnv1a(text)) / 4294967296;

/** A delay that varies by 30 % either way with the text. Whole milliseconds. */
export const spread = (config: ClusterConfig, delayMs: number, text: string): number =>
  Math.round(delayMs * (0.7 + 0.6 * chanceOf(config, text)));
