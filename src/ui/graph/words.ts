// Words for what is drawn: states, spans of time, and what a screen reader says of a slot. Pure.
import type { ClaimFacts, PodFacts, SlotFacts } from '#scene';
import type { ShownState } from '../icons/index.ts';

/** The word of a state in legends and labels. */
export const STATE_WORDS: Readonly<Record<ShownState, string>> = {
  absent: 'No pod',
  pending: 'Pending',
  unschedulable: 'No node fits',
  creating: 'Creating',
  init: 'Init',
  'not-ready': 'Not ready',
  'ready-not-available': 'Ready, not available',
  ready: 'Ready',
  terminating: 'Terminating',
  'crash-loop': 'CrashLoop',
  'pull-failed': 'Pull failed',
  completed: 'Completed',
  unknown: 'Unknown',
};

/**
 * A moment on the playhead's clock.
 *
 * @param atMs - virtual milliseconds
 * @returns such as `4:10` or `1:02:03`
 */
export function formatMoment(atMs: number): string {
  const seconds = Math.max(0, Math.floor(atMs / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const pad = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/**
 * A span of time.
 *
 * @param spanMs - virtual milliseconds
 * @returns `18 s` under a minute, `2:40` from there
 */
export function formatSpan(spanMs: number): string {
  return spanMs < 60_000 ? `${Math.max(0, Math.floor(spanMs / 1000))} s` : formatMoment(spanMs);
}

/**
 * What is left of a countdown, in seconds: it says 1 until it is over.
 *
 * @param endsMs - when it ends
 * @param atMs - the moment shown
 */
function secondsLeft(endsMs: number, atMs: number): number {
  return Math.max(0, Math.ceil((endsMs - atMs) / 1000));
}

/**
 * Which one it is of its name.
 *
 * @param n - from 1
 * @returns `1st`, `2nd`, `11th`
 */
export function ordinalWord(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/**
 * The word on a card. It counts where the state does.
 *
 * @param pod - the pod
 * @param atMs - the moment shown
 * @returns such as `Ready, 3 s`
 */
export function podWord(pod: PodFacts, atMs: number): string {
  if (pod.state !== 'ready-not-available' || pod.availableAtMs === undefined) return pod.word;
  return `Ready, ${secondsLeft(pod.availableAtMs, atMs)} s`;
}

/**
 * The four lines under a pod's state: what it runs, where, at which address, and how often it was started anew. Where
 * something more telling is known it takes the place of what says nothing.
 *
 * @param pod - the pod
 * @param atMs - the moment shown
 */
export function podLines(pod: PodFacts, atMs: number): readonly string[] {
  const ran = pod.state === 'crash-loop' || pod.state === 'completed';
  const image = ran && pod.exitCode !== undefined ? `exit ${pod.exitCode}` : shortImage(pod.image);
  return [
    image,
    pod.nodeName ?? 'no node',
    thirdLine(pod, atMs),
    `${pod.restarts} ${pod.restarts === 1 ? 'restart' : 'restarts'}`,
  ];
}

function thirdLine(pod: PodFacts, atMs: number): string {
  if (pod.retryAtMs !== undefined) return `retry ${formatMoment(Math.max(0, pod.retryAtMs - atMs + 999))}`;
  if (pod.state === 'unknown') return `silent ${formatMoment(atMs - pod.sinceMs)}`;
  return pod.ip ?? 'no IP';
}

/**
 * An image without its registry and path.
 *
 * @param image - such as `registry.example/library/nginx:1.27`
 * @returns such as `nginx:1.27`
 */
export function shortImage(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  const digest = last.indexOf('@');
  return digest < 0 ? last : last.slice(0, digest);
}

/**
 * The word under a claim's name.
 *
 * @param claim - the claim
 */
export function claimWord(claim: ClaimFacts): string {
  if (claim.isTerminating) return 'Terminating';
  return claim.isKept ? `${claim.phase}, kept` : claim.phase;
}

/**
 * The first digits of a UID, as far as people compare them.
 *
 * @param uid - the whole
 */
export function shortUid(uid: string): string {
  return uid.slice(0, 4);
}

/**
 * How fine the clock must tick for a pod's card.
 *
 * @param pod - the pod, if there is one
 * @param isCalm - countdowns step once a second
 * @returns milliseconds, or undefined: its card does not depend on the time
 */
export function momentStepMs(pod: PodFacts | undefined, isCalm: boolean): number | undefined {
  switch (pod?.state) {
    case 'terminating':
    case 'ready-not-available':
      return isCalm ? 1000 : 100;
    case 'crash-loop':
    case 'pull-failed':
    case 'unknown':
      return 1000;
    default:
      return pod?.retryAtMs === undefined ? undefined : 1000;
  }
}

/**
 * How much of its ring or arc a pod has: what is left of the grace period, what has passed of minReadySeconds.
 *
 * @param pod - the pod
 * @param atMs - the moment shown
 * @returns from 0 to 1, or undefined where nothing runs
 */
export function podFraction(pod: PodFacts, atMs: number): number | undefined {
  if (pod.state === 'terminating' && pod.graceEndsMs !== undefined && pod.graceMs) {
    return clamp((pod.graceEndsMs - atMs) / pod.graceMs);
  }
  if (pod.state === 'ready-not-available' && pod.availableAtMs !== undefined) {
    const span = pod.availableAtMs - pod.sinceMs;
    return span > 0 ? clamp((atMs - pod.sinceMs) / span) : 1;
  }
  return undefined;
}

/**
 * The number in a terminating pod's ring.
 *
 * @param pod - the pod
 * @param atMs - the moment shown
 */
export function podSeconds(pod: PodFacts, atMs: number): number | undefined {
  return pod.state === 'terminating' && pod.graceEndsMs !== undefined ? secondsLeft(pod.graceEndsMs, atMs) : undefined;
}

/**
 * A slot in one sentence, for those who hear it.
 *
 * @param slot - the slot
 * @param pod - the pod in it
 * @param claims - its claims
 * @param atMs - the moment shown
 * @returns such as `slot 2, web-2, terminating, 18 seconds left, revision 1, no A record, claim bound`
 */
export function slotSentence(
  slot: SlotFacts,
  pod: PodFacts | undefined,
  claims: readonly ClaimFacts[],
  atMs: number,
): string {
  const parts = [`slot ${slot.ordinal}`, slot.name];
  if (!slot.isInRange) parts.push('outside replicas');
  if (pod) {
    parts.push(podWord(pod, atMs).toLowerCase());
    const seconds = podSeconds(pod, atMs);
    if (seconds !== undefined) parts.push(`${seconds} ${seconds === 1 ? 'second' : 'seconds'} left`);
    if (pod.revision) parts.push(`revision ${pod.revision.number}`);
  } else parts.push('no pod');
  parts.push(slot.dnsAddresses.length > 0 ? `A record ${slot.dnsAddresses.join(', ')}` : 'no A record');
  for (const claim of claims)
    parts.push(`claim ${claims.length > 1 ? `${claim.name} ` : ''}${claimWord(claim).toLowerCase()}`);
  return parts.join(', ');
}

/**
 * Why a socket is empty.
 *
 * @param slot - the slot
 * @returns lines such as `No pod.`, `Scaled down`, `at 2:18`
 */
export function emptyWords(slot: SlotFacts): readonly string[] {
  if (slot.emptyReason === undefined) return ['No pod'];
  const at = / at (\d+:\d\d(?::\d\d)?)$/.exec(slot.emptyReason);
  if (at?.[1]) return ['No pod.', slot.emptyReason.slice(0, at.index), `at ${at[1]}`];
  if (slot.emptySinceMs === undefined) return ['No pod.', slot.emptyReason];
  return ['No pod.', slot.emptyReason, `at ${formatMoment(slot.emptySinceMs)}`];
}

/**
 * A count with its thousands apart.
 *
 * @param n - such as 1000
 * @returns such as `1,000`
 */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * How a zone is called: zones whose name says so already do not get the word twice.
 *
 * @param zone - the value of the node's zone label; empty without one
 * @returns such as `zone a`, `zone-a` or `no zone`
 */
export function zoneTitle(zone: string): string {
  if (zone === '') return 'no zone';
  return /zone/i.test(zone) ? zone : `zone ${zone}`;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
