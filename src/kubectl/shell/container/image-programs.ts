// Programs that images bring with them and that do nothing here: what an application does inside of its containers is not
// simulated. Each is told by its name, with what can be done instead.
import type { Container } from '#kube';
import { isMap } from '../../patch/json.ts';
import { type ContainerWorld, imageBase, isBusybox } from './container-world.ts';

interface Application {
  readonly title: string;
  readonly images: RegExp;
  readonly programs: readonly string[];
  /** Its process is a Java machine. */
  readonly isJava?: boolean;
}

const APPLICATIONS: readonly Application[] = [
  {
    title: 'ZooKeeper',
    images: /zookeeper/,
    programs: ['zkCli.sh', 'zkServer.sh', 'start-zookeeper', 'zookeeper-ready', 'zkOk.sh'],
    isJava: true,
  },
  { title: 'Cassandra', images: /cassandra/, programs: ['nodetool', 'cqlsh', 'cassandra'], isJava: true },
  {
    title: 'MySQL',
    images: /mysql|xtrabackup|percona/,
    programs: ['mysql', 'mysqladmin', 'mysqld', 'mysqldump', 'xtrabackup', 'xbstream', 'ncat'],
  },
  { title: 'MariaDB', images: /mariadb/, programs: ['mariadb', 'mariadb-admin', 'mariadbd', 'mysql', 'mysqladmin'] },
  {
    title: 'PostgreSQL',
    images: /postgres/,
    programs: ['psql', 'pg_isready', 'pg_dump', 'pg_basebackup', 'pg_ctl', 'postgres', 'createdb'],
  },
  { title: 'Redis', images: /redis|valkey/, programs: ['redis-cli', 'redis-server', 'valkey-cli', 'valkey-server'] },
  { title: 'MongoDB', images: /mongo/, programs: ['mongosh', 'mongo', 'mongod', 'mongodump'] },
  { title: 'etcd', images: /etcd/, programs: ['etcdctl', 'etcdutl', 'etcd'] },
  {
    title: 'Kafka',
    images: /kafka/,
    programs: ['kafka-topics.sh', 'kafka-console-producer.sh', 'kafka-console-consumer.sh', 'kafka-metadata-quorum.sh'],
    isJava: true,
  },
  { title: 'Elasticsearch', images: /elasticsearch|opensearch/, programs: ['elasticsearch'], isJava: true },
  { title: 'RabbitMQ', images: /rabbitmq/, programs: ['rabbitmqctl', 'rabbitmq-diagnostics'] },
  { title: 'Prometheus', images: /prometheus/, programs: ['promtool', 'prometheus'] },
  { title: 'nginx', images: /^nginx/, programs: ['nginx'] },
];

/** Programs of whole systems. */
const LARGE = ['apt', 'apt-get', 'dpkg', 'yum', 'dnf', 'pip', 'npm', 'perl', 'python', 'python3'];
const SMALL = ['apk', 'nc', 'netstat', 'telnet', 'top', 'vi', 'free'];
const INSTALLERS = new Set(['apt', 'apt-get', 'apk', 'dpkg', 'yum', 'dnf', 'pip', 'npm']);

const applicationOf = ({ image }: Container): Application | undefined =>
  APPLICATIONS.find(({ images }) => images.test(imageBase(image)));

/** Whether the container's process is a Java machine. */
export const isJava = (container: Container): boolean => applicationOf(container)?.isJava === true;

/** Programs that the container's probes call. */
function programsOfProbes(container: Container): string[] {
  return [container.readinessProbe, container.livenessProbe, container.startupProbe].flatMap((probe) => {
    const command: unknown = isMap(probe?.exec) ? probe.exec.command : undefined;
    const words = Array.isArray(command) ? command.map(String) : [];
    const isScript = /(?:^|\/)(?:ba|a|da)?sh$/.test(words[0] ?? '');
    return (isScript ? words.slice(1) : words.slice(0, 1)).flatMap((word) => word.match(/[\w.+-]+(?=\s|$)/g) ?? []);
  });
}

const PROGRAM_PATH = /^\/(?:usr\/|usr\/local\/|opt\/[\w.-]+\/)?s?bin\/([\w.+-]+)$/;

/** The program of the image that lies at a path; undefined where there is none. */
export function programAt({ container }: ContainerWorld, path: string): string | undefined {
  const name = PROGRAM_PATH.exec(path)?.[1];
  if (name === undefined) return undefined;
  const isOne = applicationOf(container)?.programs.includes(name) || programsOfProbes(container).includes(name);
  return isOne ? name : undefined;
}

/**
 * What a program of the image says here.
 * @returns undefined where the image has no such program
 */
export function wordsOfProgram({ container }: ContainerWorld, name: string): string | undefined {
  const application = applicationOf(container);
  const isOfSystem = (isBusybox(container.image) ? SMALL : [...LARGE, ...SMALL.slice(1)]).includes(name);
  const isOwn = application?.programs.includes(name) === true || programsOfProbes(container).includes(name);
  if (INSTALLERS.has(name) && isOfSystem) return `${name}: nothing can be installed: this page has no network\n`;
  if (!isOwn && !isOfSystem) return undefined;
  const what = isOwn && application ? `what ${application.title} does inside its containers` : 'this program';
  const folder = container.volumeMounts?.find(({ readOnly }) => readOnly !== true)?.mountPath;
  const instead =
    folder === undefined ? '' : `. To see what outlives a pod, write a file: sh -c 'echo hello > ${folder}/hello'`;
  return `${name}: ${what} is not simulated; pods, volumes and names are${instead}\n`;
}
