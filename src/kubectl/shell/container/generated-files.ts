// Files that an image's start script writes from what it finds: the identity of the pod. They are there as long as nothing
// else was written in their place.
import type { ContainerWorld } from './container-world.ts';
import { fullHostOf, hostOf, imageBase } from './container-world.ts';

/** The value of `--name=value` in the container's command. */
function flagOf({ container }: ContainerWorld, name: string): string | undefined {
  const command = [...(container.command ?? []), ...(container.args ?? [])].join(' ');
  return new RegExp(`--${name}=([^\\s"']+)`).exec(command)?.[1];
}

/** The ensemble of the ZooKeeper tutorial: each server takes its number from the name of its pod. */
function zooKeeperFiles(world: ContainerWorld): Record<string, string> {
  const host = hostOf(world.pod);
  const [, set = '', ordinal] = /^(.*)-(\d+)$/.exec(host) ?? [];
  if (ordinal === undefined) return {};
  const data = flagOf(world, 'data_dir') ?? '/var/lib/zookeeper/data';
  const log = flagOf(world, 'data_log_dir') ?? '/var/lib/zookeeper/log';
  const domain = fullHostOf(world.pod).slice(host.length);
  const count = Math.min(100, Number(flagOf(world, 'servers') ?? 1));
  const servers = Array.from(
    { length: count },
    (_, i) =>
      `server.${i + 1}=${set}-${i}${domain}:${flagOf(world, 'server_port') ?? 2888}:${flagOf(world, 'election_port') ?? 3888}`,
  );
  return {
    [`${data}/myid`]: `${Number(ordinal) + 1}\n`,
    [`${flagOf(world, 'conf_dir') ?? '/opt/zookeeper/conf'}/zoo.cfg`]: [
      `clientPort=${flagOf(world, 'client_port') ?? 2181}`,
      `dataDir=${data}`,
      `dataLogDir=${log}`,
      `tickTime=${flagOf(world, 'tick_time') ?? 2000}`,
      `initLimit=${flagOf(world, 'init_limit') ?? 10}`,
      `syncLimit=${flagOf(world, 'sync_limit') ?? 5}`,
      ...servers,
      '',
    ].join('\n'),
    '/usr/etc/zookeeper/log4j.properties': `zookeeper.root.logger=CONSOLE\nzookeeper.console.threshold=${flagOf(world, 'log_level') ?? 'INFO'}\nlog4j.rootLogger=\${zookeeper.root.logger}\n`,
  };
}

/** Files by their path. */
export const generatedFiles = (world: ContainerWorld): Readonly<Record<string, string>> =>
  imageBase(world.container.image) === 'kubernetes-zookeeper' ? zooKeeperFiles(world) : {};
