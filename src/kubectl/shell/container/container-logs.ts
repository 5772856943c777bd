// What a container prints, as far as it follows from what is simulated: its start, requests of its probes, its end.
import { type Container, type ContainerStatus, type Pod, parseTime } from '#kube';
import { hostOf, imageBase, imageTag, isNginx } from './container-world.ts';

export interface LogLine {
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly text: string;
}

/** Older requests than these are not remembered. */
const REQUESTS_MAX = 1_000;

/** Time between a process' start and its last words about it. */
const START_MS = 40;

const pad = (value: number): string => String(value).padStart(2, '0');

/** Parts of an instant in UTC, from days counted by the calendar. */
function partsOf(atMs: number) {
  const days = Math.floor(atMs / 86_400_000);
  const seconds = Math.floor(atMs / 1000) % 86_400;
  // Days since 0000-03-01, so that leap days come last. Howard Hinnant: civil_from_days
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    date: `${year}/${pad(month)}/${pad(day)}`,
    time: `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`,
    day: pad(day),
    month: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[month - 1] ?? '',
    year,
  };
}

/** Words of well-known servers when they are ready. */
const READY: Readonly<Record<string, (now: string) => readonly string[]>> = {
  cassandra: () => ['INFO  [main] CassandraDaemon.java - Startup complete'],
  etcd: () => ['{"level":"info","msg":"ready to serve client requests"}'],
  mariadb: (now) => [`${now} 0 [Note] mariadbd: ready for connections.`],
  mongo: () => ['{"s":"I","c":"NETWORK","msg":"Waiting for connections","attr":{"port":27017}}'],
  mysql: (now) => [`${now} 0 [System] [Server] /usr/sbin/mysqld: ready for connections. port: 3306`],
  postgres: (now) => [`${now} UTC [1] LOG:  database system is ready to accept connections`],
  redis: (now) => [`1:M ${now} * Ready to accept connections tcp`],
  zookeeper: (now) => [`${now} - INFO  [main] - binding to port 0.0.0.0/0.0.0.0:2181`],
};

function startLines({ image }: Container, startMs: number): LogLine[] {
  const { date, time } = partsOf(startMs);
  const at = (texts: readonly string[]): LogLine[] => texts.map((text) => ({ atMs: startMs + START_MS, text }));
  if (isNginx(image))
    return at([
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      `${date} ${time} [notice] 1#1: nginx/${imageTag(image)}`,
      `${date} ${time} [notice] 1#1: start worker processes`,
    ]);
  const base = imageBase(image);
  const words = Object.entries(READY).find(([name]) => base.includes(name))?.[1];
  return words ? at(words(`${date.replaceAll('/', '-')} ${time}`)) : [];
}

/** Requests of the kubelet's HTTP probes, where the server writes down its requests. */
function requestLines(pod: Pod, container: Container, startMs: number, endMs: number): LogLine[] {
  if (!isNginx(container.image)) return [];
  return [container.readinessProbe, container.livenessProbe].flatMap((probe) => {
    if (!probe?.httpGet) return [];
    const periodMs = (probe.periodSeconds ?? 10) * 1000;
    const firstMs = startMs + (probe.initialDelaySeconds ?? 0) * 1000 + START_MS;
    const count = Math.floor((endMs - firstMs) / periodMs) + 1;
    const from = Math.max(0, count - REQUESTS_MAX);
    return Array.from({ length: Math.max(0, count - from) }, (_, i): LogLine => {
      const atMs = firstMs + (from + i) * periodMs;
      const { day, month, year, time } = partsOf(atMs);
      const path = probe.httpGet?.path || '/';
      return {
        atMs,
        text: `${pod.status.hostIP ?? '10.0.0.1'} - - [${day}/${month}/${year}:${time} +0000] "GET ${path} HTTP/1.1" 200 615 "-" "kube-probe/1.36" "-"`,
      };
    });
  });
}

/**
 * What a container has printed in its present run, or in the one before.
 * @param isPrevious the run before the present one
 * @returns lines in order of time; undefined where there was no such run
 */
export function logLines(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  nowMs: number,
  isPrevious: boolean,
): LogLine[] | undefined {
  const { state, lastState } = status;
  const ended = isPrevious || (!state.running && !state.terminated) ? lastState?.terminated : state.terminated;
  const startMs = parseTime((isPrevious ? undefined : state.running?.startedAt) ?? ended?.startedAt ?? '');
  if (startMs === undefined) return undefined;
  const endMs = ended ? (parseTime(ended.finishedAt ?? '') ?? nowMs) : nowMs;
  const lines = [...startLines(container, startMs), ...requestLines(pod, container, startMs, endMs)];
  if (ended && ended.exitCode !== 0)
    lines.push({ atMs: endMs, text: `${hostOf(pod)}: the process ended with exit code ${ended.exitCode} (simulated)` });
  return lines.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
}
