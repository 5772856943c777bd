// The tutorials on ZooKeeper, Cassandra and MySQL: every command that a reader copies works, or says in words what is not
// there.
import { expect, it } from 'vitest';
import { newTestTerminal, podRows } from './testing/terminal.ts';

const EXAMPLES = 'https://k8s.io/examples/application';
const nodeOf = (pod: string): string => `$(kubectl get pod ${pod} --template {{.spec.nodeName}})`;
const drain = (pod: string): string =>
  `kubectl drain ${nodeOf(pod)} --ignore-daemonsets --force --delete-emptydir-data`;

it('Running ZooKeeper works: identities, an update and its undoing, processes, probes and maintenance', () => {
  const { run, watch, pass } = newTestTerminal(['n1', 'n2', 'n3', 'n4']);
  const apply = `kubectl apply -f ${EXAMPLES}/zookeeper/zookeeper.yaml`;
  expect(run(apply)).toBe(
    'service/zk-hs created\nservice/zk-cs created\npoddisruptionbudget.policy/zk-pdb created\nstatefulset.apps/zk created\n',
  );
  const pods = watch('kubectl get pods -w -l app=zk');
  pass(90_000);
  expect(podRows(pods.read()).filter((row) => row.includes('1/1'))).toEqual(
    ['zk-0', 'zk-1', 'zk-2'].map((pod) => `${pod} 1/1 Running`),
  );
  expect(run('for i in 0 1 2; do kubectl exec zk-$i -- hostname; done')).toBe('zk-0\nzk-1\nzk-2\n');
  expect(run('for i in 0 1 2; do echo "myid zk-$i";kubectl exec zk-$i -- cat /var/lib/zookeeper/data/myid; done')).toBe(
    'myid zk-0\n1\nmyid zk-1\n2\nmyid zk-2\n3\n',
  );
  expect(run('for i in 0 1 2; do kubectl exec zk-$i -- hostname -f; done')).toBe(
    [0, 1, 2].map((i) => `zk-${i}.zk-hs.default.svc.cluster.local\n`).join(''),
  );
  expect(run('kubectl exec zk-0 -- cat /opt/zookeeper/conf/zoo.cfg')).toContain(
    'server.3=zk-2.zk-hs.default.svc.cluster.local:2888:3888\n',
  );
  expect(run('kubectl exec zk-0 -- zkCli.sh create /hello world')).toMatch(
    /^zkCli\.sh: what ZooKeeper does inside its containers is not simulated; .*\ncommand terminated with exit code 127\n$/,
  );
  // What the tutorial shows with ZooKeeper's data holds of every file.
  run(`kubectl exec zk-0 -- sh -c 'echo world > /var/lib/zookeeper/hello'`);
  run('kubectl delete statefulset zk');
  pass(60_000);
  expect(run(apply)).toContain('service/zk-hs unchanged\n');
  pass(90_000);
  expect(run('kubectl exec zk-0 -- cat /var/lib/zookeeper/hello')).toBe('world\n');
  expect(run('kubectl get pvc -l app=zk --no-headers').match(/^datadir-zk-\d +Bound/gm)).toHaveLength(3);
  expect(run('kubectl get sts zk -o yaml')).toContain('start-zookeeper --servers=3');
  expect(run('kubectl logs zk-0 --tail 20')).toContain('binding to port');
  expect(run('kubectl exec zk-0 -- ps -elf')).toMatch(/^UID .*\n1000 /);
  expect(run('kubectl exec -ti zk-0 -- ls -ld /var/lib/zookeeper/data')).toMatch(/ 1000 1000 /);

  expect(
    run(
      `kubectl patch sts zk --type='json' -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/resources/requests/cpu", "value":"0.3"}]'`,
    ),
  ).toBe('statefulset.apps/zk patched\n');
  expect(run('kubectl rollout status sts/zk')).toMatch(
    /^Waiting for statefulset spec update to be observed\.\.\.\nwaiting for statefulset rolling update to complete 0 pods at revision zk-\w+\.\.\.\n[\s\S]*statefulset rolling update complete 3 pods at revision zk-\w+\.\.\.\n$/,
  );
  expect(run('kubectl rollout history sts/zk')).toMatch(/REVISION {2}CHANGE-CAUSE\n1 +<none>\n2 +<none>\n/);
  expect(run('kubectl rollout undo sts/zk')).toContain('statefulset.apps/zk rolled back\n');
  run('kubectl rollout status sts/zk');

  pods.read();
  expect(run('kubectl exec zk-0 -- pkill java')).toBe('');
  pass(60_000);
  expect(podRows(pods.read())).toEqual(['zk-0 0/1 Error', 'zk-0 0/1 Running', 'zk-0 1/1 Running']);
  expect(run('kubectl exec zk-0 -- rm /opt/zookeeper/bin/zookeeper-ready')).toBe('');
  pass(120_000);
  expect(podRows(pods.read())[0]).toBe('zk-0 0/1 Running');
  expect(run('kubectl get pod zk-0 --no-headers')).toMatch(/^zk-0 +1\/1 +Running +2 /);

  expect(run('for i in 0 1 2; do kubectl get pod zk-$i --template {{.spec.nodeName}}; echo ""; done')).toBe(
    'n1\nn2\nn3\n',
  );
  expect(run('kubectl get pdb zk-pdb --no-headers')).toMatch(/^zk-pdb +N\/A +1 +1 /);
  expect(run(drain('zk-0'))).toBe('node/n1 cordoned\nevicting pod default/zk-0\npod/zk-0 evicted\nnode/n1 drained\n');
  pass(60_000);
  expect(run(drain('zk-1'))).toContain('node/n2 drained\n');
  pass(60_000);
  expect(run('kubectl get pod zk-1 --no-headers')).toMatch(/^zk-1 +0\/1 +Pending/);
  expect(run(drain('zk-2'), 12_000)).toContain(
    'error when evicting pods/"zk-2" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.\n',
  );
  expect(run('kubectl uncordon n1')).toBe('node/n1 uncordoned\n');
  pass(60_000);
  expect(run('kubectl get pod zk-1 --no-headers')).toMatch(/^zk-1 +1\/1 +Running/);
  expect(run(drain('zk-2'))).toContain('node/n3 drained\n');
});

it('Deploying Cassandra works, down to the command that takes it away', () => {
  const { run } = newTestTerminal();
  expect(run(`kubectl apply -f ${EXAMPLES}/cassandra/cassandra-service.yaml`)).toBe('service/cassandra created\n');
  expect(run('kubectl get svc cassandra')).toMatch(/\ncassandra +ClusterIP +None +<none> +9042\/TCP +0s\n$/);
  expect(run(`kubectl apply -f ${EXAMPLES}/cassandra/cassandra-statefulset.yaml`)).toBe(
    'statefulset.apps/cassandra created\nstorageclass.storage.k8s.io/fast created\n',
  );
  run('kubectl rollout status sts/cassandra');
  expect(run('kubectl get pods -l="app=cassandra" --no-headers').match(/1\/1 +Running/g)).toHaveLength(3);
  expect(run('kubectl exec -it cassandra-0 -- nodetool status')).toContain(
    'nodetool: what Cassandra does inside its containers is not simulated',
  );
  expect(run('kubectl edit statefulset cassandra')).toBe('');
  expect(run("sed -i 's/replicas: 3/replicas: 4/' statefulset-cassandra.yaml")).toBe('');
  expect(run('kubectl apply -f statefulset-cassandra.yaml')).toContain('statefulset.apps/cassandra configured\n');
  run('kubectl rollout status sts/cassandra');
  expect(run('kubectl get statefulset cassandra --no-headers')).toMatch(/^cassandra +4\/4 /);
  expect(
    run(
      [
        "grace=$(kubectl get pod cassandra-0 -o=jsonpath='{.spec.terminationGracePeriodSeconds}') \\",
        '  && kubectl delete statefulset -l app=cassandra \\',
        `  && echo "Sleeping \${grace} seconds" 1>&2 \\`,
        '  && sleep $grace \\',
        '  && kubectl delete persistentvolumeclaim -l app=cassandra',
      ].join('\n'),
    ),
  ).toMatch(
    /^statefulset\.apps "cassandra" deleted from default namespace\nSleeping 500 seconds\n(?:persistentvolumeclaim "cassandra-data-cassandra-\d" deleted from default namespace\n){4}$/,
  );
  expect(run('kubectl delete service -l app=cassandra')).toBe('service "cassandra" deleted from default namespace\n');
});

it('Run a Replicated Stateful Application works, and says that MySQL answers no queries', () => {
  const { run, pass } = newTestTerminal(['n1', 'n2', 'n3', 'n4']);
  const client = '--image=mysql:5.7 -i -t --rm --restart=Never --';
  for (const file of ['configmap', 'services', 'statefulset'])
    expect(run(`kubectl apply -f ${EXAMPLES}/mysql/mysql-${file}.yaml`)).toContain('created\n');
  pass(90_000);
  expect(run('kubectl get pods -l app=mysql --no-headers').match(/2\/2 +Running/g)).toHaveLength(3);
  expect(
    run(
      `kubectl run mysql-client --image=mysql:5.7 -i --rm --restart=Never --\\\n  mysql -h mysql-0.mysql <<EOF\nCREATE DATABASE test;\nEOF`,
    ),
  ).toBe(
    'mysql: what MySQL does inside its containers is not simulated; pods, volumes and names are\ncommand terminated with exit code 127\npod "mysql-client" deleted from default namespace\n',
  );
  pass(5_000);
  expect(
    run(
      `kubectl run mysql-client-loop ${client}\\\n  bash -ic "while sleep 1; do mysql -h mysql-read -e 'SELECT @@server_id,NOW()'; done"`,
    ),
  ).toContain('no time passes within one exec');
  run('kubectl exec mysql-2 -c mysql -- mv /usr/bin/mysql /usr/bin/mysql.off');
  pass(10_000);
  expect(run('kubectl get pod mysql-2 --no-headers')).toMatch(/^mysql-2 +1\/2 +Running/);
  run('kubectl exec mysql-2 -c mysql -- mv /usr/bin/mysql.off /usr/bin/mysql');
  pass(10_000);
  expect(run('kubectl get pod mysql-2 --no-headers')).toMatch(/^mysql-2 +2\/2 +Running/);
  expect(run(`${drain('mysql-2')} && echo drained`)).toContain('drained\n');
  pass(60_000);
  expect(run('kubectl scale statefulset mysql  --replicas=5')).toBe('statefulset.apps/mysql scaled\n');
  pass(90_000);
  expect(run('kubectl scale statefulset mysql --replicas=3')).toBe('statefulset.apps/mysql scaled\n');
  expect(run('kubectl get pvc -l app=mysql --no-headers').match(/^data-mysql-\d +Bound/gm)).toHaveLength(5);
  expect(run('kubectl delete pvc data-mysql-3')).toContain('"data-mysql-3" deleted');
  run('kubectl delete statefulset mysql');
  pass(60_000);
  expect(run('kubectl get pods -l app=mysql')).toBe('No resources found in default namespace.\n');
  expect(run('kubectl delete configmap,service,pvc -l app=mysql')).toMatch(
    /^configmap "mysql" deleted[^\n]*\nservice "mysql" deleted[^\n]*\nservice "mysql-read" deleted/,
  );
});
