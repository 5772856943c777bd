// How a container is stopped: preStop hook, SIGTERM, SIGKILL, all within the grace period.
// k8s: pkg/kubelet/kuberuntime killContainer

import type { ContainerRecord } from './record.ts';
import { type ContainerDraft, goTo, type Session, specOf, tellOf } from './session.ts';
import { chanceOf } from './timing.ts';

/** A process always gets this long between SIGTERM and SIGKILL, even when a hook used up the grace period. */
const GRACE_MIN_MS = 2000;
const EXIT_CODE_KILLED = 137;
const GRACE_DEFAULT_SECONDS = 30;

interface StopPlan {
  readonly lengthMs: number;
  readonly exitCode: number;
  readonly preStopMs: number;
}

/** The grace period that a pod's spec asks for. */
export const graceMsOf = (session: Pick<Session, 'pod'>): number =>
  1000 * (session.pod.spec.terminationGracePeriodSeconds ?? GRACE_DEFAULT_SECONDS);

/** How long a preStop hook takes: a sleep says so itself, anything else takes its believable time. */
function preStopLengthMs(session: Session, container: ContainerRecord): number {
  const hook = specOf(session, container.name)?.lifecycle?.preStop;
  if (typeof hook !== 'object' || hook === null || Array.isArray(hook)) return 0;
  const { sleep, exec } = hook as {
    readonly sleep?: { readonly seconds?: number };
    readonly exec?: { readonly command?: readonly string[] };
  };
  if (sleep) return 1000 * (sleep.seconds ?? 0);
  const [, seconds] = /\bsleep\s+(\d+(?:\.\d+)?)\b/.exec((exec?.command ?? []).join(' ')) ?? [];
  return seconds === undefined ? session.timing.preStopMs : Math.round(1000 * Number(seconds));
}

/**
 * KUBELET-15: how long the stop of a container takes, and with which code it exits.
 * @param graceMs what is left of the grace period
 */
function stopPlan(session: Session, container: ContainerRecord, graceMs: number): StopPlan {
  const { turn, timing, record } = session;
  const preStopMs = Math.min(preStopLengthMs(session, container), Math.max(0, graceMs));
  const leftMs = Math.max(GRACE_MIN_MS, graceMs - preStopMs);
  const chance = chanceOf(turn.config, `${record.uid}/${container.name}/${container.runs}/stop`);
  const termMs = session.struck.has('pod-ignores-sigterm')
    ? Number.POSITIVE_INFINITY
    : Math.round(timing.stopMinMs + chance * (timing.stopMaxMs - timing.stopMinMs));
  const isKilled = termMs > leftMs;
  return { preStopMs, lengthMs: preStopMs + Math.min(termMs, leftMs), exitCode: isKilled ? EXIT_CODE_KILLED : 0 };
}

/** Begins to stop a running container, with the event that says so. */
export function beginStopping(session: Session, container: ContainerDraft, graceMs: number, message: string): void {
  const plan = stopPlan(session, container, graceMs);
  tellOf(session, container, 'Normal', 'Killing', message);
  goTo(container, 'stop', session.turn.nowMs, plan.lengthMs);
  container.stopExitCode = plan.exitCode;
}
