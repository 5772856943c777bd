// A page for looking at the canvas with facts made by hand: `npx vite`, then /src/ui/graph/fixtures.html?case=rolling.
// Served while developing only; no part of the built page. `?case=`, `theme=`, `view=`, `play=1` choose what is shown.
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Facts } from '#scene';
import { applyFrame, clock, facts, select, setClock } from '#state';
import { SvgPatterns } from '../icons/index.ts';
import { setTheme, startTheme } from '../theme/index.ts';
import { everyState, manyReplicas, rollingUpdate, silentNode } from './fixture-scenes.ts';
import { nodeFixtures, podFixture, ROLLING_AT_MS, setFixture } from './fixtures.ts';
import { flyPods } from './fly-pods.ts';
import { IdentityView } from './identity-view.tsx';
import { NodesView } from './nodes-view.tsx';

const query = new URLSearchParams(location.search);

function choose(name: string): Facts[] {
  const count = /^n(\d+)$/.exec(name);
  if (count) return manyReplicas(Number(count[1]));
  switch (name) {
    case 'empty':
      return [];
    case 'zero':
      return setFixture({ replicas: 0, kept: 2 });
    case 'one':
      return setFixture({ replicas: 1 });
    case 'states':
      return everyState();
    case 'sets':
      return [
        ...rollingUpdate(),
        ...setFixture({ name: 'postgres-primary', replicas: 3, claimTemplates: ['data', 'wal'] }),
      ];
    case 'chips':
      return [...setFixture({ replicas: 14, kept: 2 }), ...setFixture({ name: 'db', replicas: 9, claimTemplates: [] })];
    case 'claims':
      return setFixture({ replicas: 3, claimTemplates: ['data', 'wal', 'tmp', 'log'] });
    case 'no-service':
      return setFixture({ hasService: false });
    case 'silent':
      return silentNode();
    case 'parallel':
      return setFixture({
        workingOn: [1, 2, 3],
        policy: 'Parallel',
        thought: { sentence: 'creating web-1, web-2 and web-3', rule: 'STS-2', title: '', acting: true },
        podOf: (ordinal) => ({ state: ordinal === 0 || ordinal === 4 ? 'ready' : 'creating' }),
      });
    case 'partition':
      return setFixture({ partition: 3, kept: 0 });
    default:
      return rollingUpdate();
  }
}

const name = query.get('case') ?? 'rolling';
const shown = choose(name);
applyFrame({
  isWhole: true,
  set: shown.some(({ type }) => type === 'node') ? shown : [...shown, ...nodeFixtures(shown)],
  gone: [],
});
setClock({ atMs: ROLLING_AT_MS });
if (query.get('select') !== '0' && name === 'rolling') select('Pod/default/web-2');
const theme = query.get('theme');
setTheme(theme === 'light' || theme === 'dark' ? theme : 'dark');
startTheme();

/** Changes a tenth of the pods for every picture, to see what drawing costs. */
function churn(count: number): void {
  const states = ['ready', 'creating', 'not-ready', 'ready-not-available'] as const;
  const share = Math.max(1, Math.round(count * Number(query.get('share') ?? 0.1)));
  let at = 0;
  const step = () => {
    const set = Array.from({ length: share }, (_, i) => {
      const ordinal = (at + i * 7919) % count;
      return podFixture('web', ordinal, { setId: 'StatefulSet/default/web', state: states[(at + i) % 4] ?? 'ready' });
    });
    at++;
    applyFrame({ isWhole: false, set, gone: [] });
    setClock({ atMs: clock.getState().atMs + 16 });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
if (query.get('churn')) churn(facts.getIds('pod').length);

/** Lets time run. */
function play(): void {
  let last = performance.now();
  const step = (now: number) => {
    setClock({ atMs: clock.getState().atMs + now - last, isPlaying: true });
    last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
if (query.get('play')) play();

Object.assign(window, { ordinalFixtures: { applyFrame, setFixture, setClock, select, facts, podFixture } });

function Page() {
  const [view, setView] = useState(query.get('view') ?? 'identity');
  useEffect(() => {
    const flip = (event: KeyboardEvent) => {
      if (event.key === 'v') flyPods(() => setView((before) => (before === 'nodes' ? 'identity' : 'nodes')));
    };
    window.addEventListener('keydown', flip);
    return () => window.removeEventListener('keydown', flip);
  }, []);
  return (
    <div style={{ position: 'fixed', inset: query.get('box') === 'design' ? '48px 312px 220px 368px' : 0 }}>
      {view === 'nodes' ? (
        <NodesView onSelect={select} onOpen={() => {}} />
      ) : (
        <IdentityView onSelect={select} onScale={() => {}} onPartition={() => {}} onOpen={() => {}} />
      )}
    </div>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SvgPatterns />
      <Page />
    </StrictMode>,
  );
}
