// What containers of well-known images have inside: identity in files, processes, and words for what is not simulated.
import { beforeAll, describe, expect, it } from 'vitest';
import { endProcess, resolve, runUntil, setProgram } from '#engine';
import { newShell, type Shell } from '../../testing/index.ts';
import { manifestAt } from '../terminal/fetch.ts';

const FOLDER = 'https://k8s.io/examples/application';

let shell: Shell;
const later = (ms: number): void => runUntil(shell.cluster, shell.cluster.world.counters.nowMs + ms);
const out = (command: string): string => {
  const { out: text, err } = shell.run(command);
  return text + err;
};
const column = (command: string): string => out(`${command} --no-headers`).trim().replace(/ +/g, ' ');

beforeAll(() => {
  const files = Object.fromEntries(
    [
      'zookeeper/zookeeper.yaml',
      'mysql/mysql-configmap.yaml',
      'mysql/mysql-services.yaml',
      'mysql/mysql-statefulset.yaml',
    ].map((path) => [path.split('/')[1] ?? '', manifestAt(`${FOLDER}/${path}`) ?? '']),
  );
  shell = newShell(files, { actors: undefined as never, seed: 5 }, { resolve, endProcess, setProgram });
  for (const file of Object.keys(files)) expect(shell.run(`apply -f ${file}`).code).toBe(0);
  later(120_000);
});

describe('identity', () => {
  it('is in the files that the start script of the ZooKeeper tutorial writes', () => {
    expect(out('exec zk-2 -- cat /var/lib/zookeeper/data/myid')).toBe('3\n');
    expect(out('exec zk-0 -- grep server /opt/zookeeper/conf/zoo.cfg')).toBe(
      [0, 1, 2].map((i) => `server.${i + 1}=zk-${i}.zk-hs.default.svc.cluster.local:2888:3888\n`).join(''),
    );
    expect(out('exec zk-0 -- ls /var/lib/zookeeper/data')).toBe('myid\n');
    expect(out('exec zk-0 -- sh -c "echo 9 > /var/lib/zookeeper/data/myid; cat /var/lib/zookeeper/data/myid"')).toBe(
      '9\n',
    );
    expect(out('exec zk-1 -- sh -c "rm /var/lib/zookeeper/data/myid; ls /var/lib/zookeeper/data/myid"')).toContain(
      'No such file or directory',
    );
  });
  it('is the user and the group that the pod asks for', () => {
    expect(out('exec zk-0 -- id')).toBe('uid=1000 gid=0(root) groups=0(root),1000\n');
    expect(out('exec zk-0 -- ls -ld /var/lib/zookeeper/data')).toMatch(/^drwxr-xr-x 1 1000 1000 /);
    expect(out('exec mysql-0 -c mysql -- whoami')).toBe('root\n');
  });
});

describe('programs', () => {
  it('that are not simulated say so by name, with what to do instead', () => {
    expect(out('exec zk-0 -- zkCli.sh get /hello')).toBe(
      "zkCli.sh: what ZooKeeper does inside its containers is not simulated; pods, volumes and names are. To see what outlives a pod, write a file: sh -c 'echo hello > /var/lib/zookeeper/hello'\ncommand terminated with exit code 127\n",
    );
    expect(out('exec zk-0 -- sh -c "zkServer.sh status; echo over"')).toMatch(
      /^over\nzkServer\.sh: what ZooKeeper does/,
    );
    expect(out('exec mysql-0 -c mysql -- apt-get update')).toContain('nothing can be installed');
    expect(out('exec zk-0 -- nodetool status')).toContain('executable file not found in $PATH');
  });
  it('end a loop that would ask them for ever, and so does waiting within one exec', () => {
    expect(
      out(`exec mysql-0 -c mysql -- bash -c 'until mysql -e x; do true; done; echo over'`).match(/MySQL/g),
    ).toHaveLength(1);
    expect(out(`exec mysql-0 -c mysql -- bash -c 'while sleep 1; do date; done'`)).toContain(
      'no time passes within one exec',
    );
  });
  it('KCTL-23 that are moved away fail the probes that call them', () => {
    out('exec mysql-2 -c mysql -- mv /usr/bin/mysql /usr/bin/mysql.off');
    later(10_000);
    expect(column('get pod mysql-2')).toMatch(/^mysql-2 1\/2 Running 0/);
    out('exec mysql-2 -c mysql -- mv /usr/bin/mysql.off /usr/bin/mysql');
    later(10_000);
    expect(column('get pod mysql-2')).toMatch(/^mysql-2 2\/2 Running 0/);
    out('exec zk-1 -- rm /opt/zookeeper/bin/zookeeper-ready');
    later(60_000);
    expect(column('get pod zk-1')).toMatch(/^zk-1 1\/1 Running 1/);
  });
});

describe('processes', () => {
  it('are listed as the image would', () => {
    expect(out('exec zk-0 -- ps -ef')).toMatch(
      /^UID +PID +PPID[^\n]*\n1000 +1 +0 .*start-zookeeper[^\n]*\n1000 +27 +1 .*java\n/,
    );
    expect(out('exec zk-0 -- ps')).toMatch(/^PID +TTY +TIME +CMD\n1 /);
  });
  it('KCTL-23 end when they are told to, and their container is started again', () => {
    expect(out('exec zk-2 -- pkill nothing')).toContain('exit code 1');
    expect(out('exec zk-2 -- kill 99')).toContain('No such process');
    expect(out('exec zk-2 -- kill -9 1')).toBe('');
    expect(out('exec zk-2 -- pkill java')).toBe('');
    later(200);
    expect(column('get pod zk-2')).toMatch(/^zk-2 0\/1 Error 0/);
    later(60_000);
    expect(column('get pod zk-2')).toMatch(/^zk-2 1\/1 Running 1/);
  });
});
