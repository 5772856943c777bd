// What the page is told of manifests while they are typed.
import { expect, it } from 'vitest';
import { applyFix } from '#manifest';
import type { Session } from '#share';
import type { Problem } from './protocol.ts';
import { newServer, type Server } from './server.ts';
import { WEB } from './testing/story.ts';

/** A server whose cluster has had a minute with a manifest. */
function serverOf(text = WEB): Server {
  const files = { 'web.yaml': text };
  const session: Session = {
    cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {} },
    files,
    branches: [
      {
        id: 0,
        name: 'main',
        acts: [{ atMs: 0, act: { type: 'kubectl', command: 'apply -f web.yaml', files } }],
        reachedMs: 60_000,
      },
    ],
    at: { branch: 0, atMs: 60_000 },
    view: { layout: 'identity' },
  };
  const server = newServer();
  server.answer('open', { session });
  return server;
}

const check = (server: Server, text: string, beside: Readonly<Record<string, string>> = {}): readonly Problem[] =>
  server.answer('check', { files: { 'web.yaml': text }, beside }).problems;

it('LINT-7 is judged against the cluster at the moment shown, beside the words of the server', () => {
  const server = serverOf();
  expect(check(server, WEB)).toEqual([]);
  const text = WEB.replace('serviceName: nginx', 'serviceName: other');
  const problems = check(server, text);
  expect(problems.map(({ code }) => code)).toEqual(['KUBE-9', 'LINT-1', 'LINT-7']);
  const fix = problems.at(-1)?.fixes?.[0];
  expect(fix && applyFix(text, fix)).toBe(WEB);
});

it('LINT-1 knows the Services of the cluster and of files beside this one', () => {
  const set = WEB.slice(WEB.indexOf('---\n') + 4).replaceAll('web', 'db');
  const alone = set.replaceAll('nginx', 'mysql');
  expect(check(serverOf(), set)).toEqual([]);
  expect(check(serverOf(), alone).map(({ code }) => code)).toEqual(['LINT-1']);
  const service = WEB.slice(0, WEB.indexOf('---\n')).replaceAll('nginx', 'mysql');
  expect(check(serverOf(), alone, { 'service.yaml': service })).toEqual([]);
});

it('every problem names a rule, whoever found it', () => {
  const server = serverOf();
  const codeOf = (text: string) => check(server, text).map(({ code }) => code);
  expect(codeOf('a: [')).toEqual(['KCTL-8']);
  expect(codeOf('apiVersion: x.example/v1\nkind: Thing\nmetadata: {name: a}\n')).toEqual(['KUBE-26']);
  expect(codeOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n')).toEqual([
    'KUBE-21',
    'LINT-39',
  ]);
  expect(codeOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A}\n')).toEqual(['API-19']);
  expect(codeOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n')).toEqual(['KCTL-3']);
  expect(codeOf(WEB.replace('replicas: 3', 'replicas: 20000'))).toEqual(['KCTL-4']);
  expect(codeOf('#'.repeat(1024 * 1024 + 1))).toEqual(['KCTL-10']);
});
