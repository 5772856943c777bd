// LINT-20: probes that can never succeed, or that come too late to be of use.
import { type Container, canonicalJson, type Probe } from '#kube';
import { fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, listed } from '../finding.ts';
import { containersOf, type PlacedContainer } from '../pods.ts';
import type { Finding, LintRule, Path, SetCase } from '../types.ts';
import { nearestWord } from './nearest-word.ts';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
type ProbeField = (typeof PROBES)[number];

/** What a probe brings about that never succeeds. */
const OUTCOME: Readonly<Record<ProbeField, string>> = {
  startupProbe: 'the container is restarted again and again',
  readinessProbe: 'the pod never becomes ready',
  livenessProbe: 'the container is restarted again and again',
};

export const probeNeverPasses: LintRule = {
  id: 'LINT-20',
  title: 'Probe that cannot pass in time',
  docs: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  *check({ sets }) {
    for (const one of sets)
      for (const placed of containersOf(one)) {
        for (const field of PROBES) {
          const probe = placed.container[field];
          if (probe) yield* findingsOf(one, placed, field, probe);
        }
        const late = tooLate(one, placed);
        if (late) yield late;
      }
  },
};

function* findingsOf(
  one: SetCase,
  { container, path }: PlacedContainer,
  field: ProbeField,
  probe: Probe,
): Iterable<Finding> {
  const handler = probe.httpGet ? 'httpGet' : probe.tcpSocket ? 'tcpSocket' : undefined;
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port;
  const named = (container.ports ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (handler && typeof port === 'string' && !/^\d+$/.test(port) && !named.includes(port)) {
    const at = [...path, field, handler, 'port'];
    const meant = nearestWord(port, named) ?? (named.length === 1 ? named[0] : undefined);
    yield findingAt(
      one.written,
      at,
      'warning',
      `The container "${container.name}" has no port named "${port}"${named.length === 0 ? '' : `; it has ${listed(named)}`}. The probe always fails, so ${OUTCOME[field]}.`,
      fixes(
        meant === undefined
          ? undefined
          : fixOf(one.written.file, `Ask port "${meant}"`, [replaceScalar(one.written, at, scalarText(meant))]),
      ),
    );
  }
  const sleeps = sleepSeconds(probe);
  const timeout = probe.timeoutSeconds ?? 1;
  if (sleeps !== undefined && sleeps >= timeout)
    yield findingAt(
      one.written,
      [...path, field, 'exec', 'command'],
      'warning',
      `The command sleeps for ${sleeps} s and is given ${timeout} s (timeoutSeconds): it is always cut off, so ${OUTCOME[field]}.`,
      fixes(timeoutFix(one, [...path, field], sleeps)),
    );
}

/** How long a command sleeps before it does anything; undefined where it does not begin with a sleep. */
function sleepSeconds({ exec }: Probe): number | undefined {
  const command = exec?.command ?? [];
  const [first = '', second = '', third = ''] = command;
  const isShell = /(?:^|\/)(?:ba|da|a)?sh$/.test(first) && /^-[a-z]*c$/.test(second);
  const script = isShell ? third : command.join(' ');
  const found = /^\s*(?:\/bin\/)?sleep\s+(\d+(?:\.\d+)?)s?(?:\s*(?:;|&&|\n|$))/.exec(script);
  return found ? Number(found[1]) : undefined;
}

function timeoutFix(one: SetCase, path: Path, sleeps: number) {
  const wanted = Math.ceil(sleeps) + 1;
  return fixOf(one.written.file, `Give the probe ${wanted} s`, [
    replaceScalar(one.written, [...path, 'timeoutSeconds'], String(wanted)),
  ]);
}

/** What a probe asks, without when. */
const questionOf = ({ httpGet, tcpSocket, exec, grpc }: Probe): string =>
  canonicalJson({ httpGet, tcpSocket, exec, grpc } as Record<string, unknown>);

/**
 * A liveness probe that gives up before the readiness probe asks the same for the first time: the container is never
 * given the time that its author thought it needs.
 */
function tooLate(one: SetCase, { container, path, isInit }: PlacedContainer): Finding | undefined {
  const { livenessProbe: liveness, readinessProbe: readiness, startupProbe } = container as Container;
  if (isInit || !liveness || !readiness || startupProbe || questionOf(liveness) !== questionOf(readiness))
    return undefined;
  const killedAfter =
    (liveness.initialDelaySeconds ?? 0) + ((liveness.failureThreshold ?? 3) - 1) * (liveness.periodSeconds ?? 10);
  const askedAfter = readiness.initialDelaySeconds ?? 0;
  if (askedAfter <= killedAfter + (liveness.timeoutSeconds ?? 1)) return undefined;
  return findingAt(
    one.written,
    [...path, 'livenessProbe'],
    'warning',
    `The liveness probe asks the same as the readiness probe and restarts the container after ${killedAfter} s without an answer. Readiness is first asked after ${askedAfter} s: a container that needs that long never gets there.`,
  );
}
