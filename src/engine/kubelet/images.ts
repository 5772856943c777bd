// Images: what a pull takes, what is on a node already, and what goes wrong.
import { fnv1a, parseImageName } from '#kube';
import { mix32 } from '#lib';
import type { Turn } from '../kernel/index.ts';
import { isImageStruck } from './fault-state.ts';
import { type ContainerDraft, goDuration, goTo, type Session, specOf, tellOf } from './session.ts';
import { spread } from './timing.ts';

const BACK_OFF_FIRST_MS = 10_000;
const BACK_OFF_MAX_MS = 300_000;

/** When the pull of an image on a node ended, or will end. */
const imageKey = (node: string, image: string): string => `kubelet/image/${node}/${image}`;
/** Until when the node's puller is busy: images are pulled one after another. */
const pullerKey = (node: string): string => `kubelet/puller/${node}`;

/** True when the image is on the node. */
const isPresent = (turn: Turn, node: string, image: string): boolean =>
  (turn.recall<number>(imageKey(node, image)) ?? Number.POSITIVE_INFINITY) <= turn.nowMs;

/** KUBELET-23: an image is on the node, since a container of it has run there. */
export const imageSeen = (turn: Turn, node: string, image: string): void => turn.remember(imageKey(node, image), 0);

/** The whole name of an image, as the container runtime reports it: `docker.io/library/nginx:1.27`. */
export function wholeName(image: string): string {
  const parsed = parseImageName(image);
  if (!parsed) return image;
  const { domain, path, tag, digest } = parsed;
  return `${domain}/${path}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

const SIZE_MIN_BYTES = 20_000_000;
const SIZE_SPAN_BYTES = 180_000_000;

/** A size for an image, always the same for the same name. */
const sizeOf = (image: string): number => SIZE_MIN_BYTES + (mix32(fnv1a(image), 1) % SIZE_SPAN_BYTES);

/** What the container runtime says of an image that no registry gives out. */
function pullError(image: string): string {
  const name = wholeName(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve image: ${name}: not found`;
}

/**
 * KUBELET-7, KUBELET-8: begins a start of a container with its image: pulls it, or finds it on the node, or refuses it.
 * k8s: images.EnsureImageExists
 */
export function beginImage(session: Session, container: ContainerDraft): void {
  const { turn, timing, record } = session;
  const { image } = container;
  // While a pull is tried again the last failure is still what is reported.
  if (container.pullFails === undefined) {
    delete container.waiting;
    delete container.message;
  }
  if (!parseImageName(image)) {
    const problem = /[A-Z]/.test(image.replace(/[:@].*$/, ''))
      ? 'invalid reference format: repository name must be lowercase'
      : 'invalid reference format';
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${problem}`;
    tellOf(session, container, 'Warning', 'InspectFailed', message);
    refuse(session, container, 'InvalidImageName', message);
    return;
  }
  const policy = specOf(session, container.name)?.imagePullPolicy ?? 'IfNotPresent';
  const present = isPresent(turn, record.node, image);
  if (policy === 'Never' && !present) {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    tellOf(session, container, 'Warning', 'ErrImageNeverPull', message);
    refuse(session, container, 'ErrImageNeverPull', message);
    return;
  }
  if (present && policy !== 'Always') {
    const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
    tellOf(session, container, 'Normal', 'Pulled', message);
    forgetPull(container);
    goTo(container, 'create', turn.nowMs, timing.startMs);
    return;
  }
  tellOf(session, container, 'Normal', 'Pulling', `Pulling image "${image}"`);
  if (isImageStruck(turn, 'image-pull-fails', image)) goTo(container, 'pull', turn.nowMs, timing.pullFailMs);
  else if (present) goTo(container, 'pull', turn.nowMs, timing.checkImageMs);
  else goTo(container, 'pull', turn.nowMs, pull(session, image) - turn.nowMs);
}

/** Joins a pull of the image that is under way on the node, or begins one. @returns when it will end */
function pull(session: Session, image: string): number {
  const { turn, timing, record } = session;
  const underWay = turn.recall<number>(imageKey(record.node, image));
  if (underWay !== undefined) return underWay;
  const lengthMs = pullLengthMs(session, image);
  const startMs = Math.max(turn.nowMs, turn.recall<number>(pullerKey(record.node)) ?? 0);
  const endMs = startMs + (isImageStruck(turn, 'image-pull-slow', image) ? timing.slowPullMs : lengthMs);
  turn.remember(imageKey(record.node, image), endMs);
  turn.remember(pullerKey(record.node), endMs);
  return endMs;
}

const pullLengthMs = ({ turn, timing }: Session, image: string): number => spread(turn.config, timing.pullMs, image);

function refuse(session: Session, container: ContainerDraft, reason: string, message: string): void {
  tellOf(session, container, 'Warning', 'Failed', `Error: ${reason}`);
  goTo(container, 'refused', session.turn.nowMs);
  container.waiting = reason;
  container.message = message;
}

/** KUBELET-7, KUBELET-9: ends a pull, well or badly. */
export function endPull(session: Session, container: ContainerDraft): void {
  const { turn, timing, record } = session;
  const { image } = container;
  if (isImageStruck(turn, 'image-pull-fails', image)) {
    // The pull that just ended brought nothing; an image from an earlier pull stays.
    if (turn.recall<number>(imageKey(record.node, image)) === turn.nowMs)
      turn.remember(imageKey(record.node, image), undefined);
    const error = pullError(image);
    tellOf(session, container, 'Warning', 'Failed', `Failed to pull image "${image}": ${error}`);
    tellOf(session, container, 'Warning', 'Failed', 'Error: ErrImagePull');
    container.pullDelayMs = Math.min(
      BACK_OFF_MAX_MS,
      container.pullDelayMs ? container.pullDelayMs * 2 : BACK_OFF_FIRST_MS,
    );
    container.pullFails = (container.pullFails ?? 0) + 1;
    goTo(container, 'pull-failed', turn.nowMs, timing.pullNoticeMs);
    container.waiting = 'ErrImagePull';
    container.message = error;
    return;
  }
  const wholeMs = turn.nowMs - container.sinceMs;
  const isSlow = isImageStruck(turn, 'image-pull-slow', image);
  const ownMs = isSlow ? wholeMs : Math.min(wholeMs, pullLengthMs(session, image));
  if (turn.recall(imageKey(record.node, image)) === undefined) turn.remember(imageKey(record.node, image), turn.nowMs);
  tellOf(
    session,
    container,
    'Normal',
    'Pulled',
    `Successfully pulled image "${image}" in ${goDuration(ownMs)} (${goDuration(wholeMs)} including waiting). Image size: ${sizeOf(image)} bytes.`,
  );
  forgetPull(container);
  goTo(container, 'create', turn.nowMs, timing.startMs);
}

/** Drops what failed pulls have left: their back-off, and what was reported of them. */
export function forgetPull(container: ContainerDraft): void {
  delete container.pullDelayMs;
  delete container.pullFails;
  delete container.waiting;
  delete container.message;
}

/** KUBELET-9: the kubelet looks again and finds the image in back-off. */
export function backOffPull(session: Session, container: ContainerDraft): void {
  const { image } = container;
  const waitMs = (container.pullDelayMs ?? BACK_OFF_FIRST_MS) - (session.turn.nowMs - container.sinceMs);
  tellOf(session, container, 'Normal', 'BackOff', `Back-off pulling image "${image}"`);
  tellOf(session, container, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  container.message = `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`;
  container.waiting = 'ImagePullBackOff';
  goTo(container, 'pull-back-off', session.turn.nowMs, Math.max(0, waitMs));
}
