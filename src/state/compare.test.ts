import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalClient } from '#bridge/testing';
import { besideFacts, compared } from './beside.ts';
import { clock } from './clock.ts';
import { kubectl } from './command.ts';
import { compareWith, goOnWith, likelyOther, showOnSide, sidesOf, swapSides, toggleCompare } from './compare.ts';
import { connect } from './connection.ts';
import { asFacts, type FactsStore, facts } from './facts.ts';
import { history } from './history.ts';
import { notices } from './notices.ts';
import { makeLink, openDefault, openLink } from './session.ts';
import { jump, pause, seek, setPictures } from './transport.ts';

const replicasOf = (store: FactsStore) => asFacts('set', store.getFacts('StatefulSet/default/web'))?.replicas;
const sides = () => sidesOf(history.getState().branch, compared.getState())?.map(({ branch }) => branch);

/** Three replicas on `main`, one on a branch that left it at 0:40 and is the present one. */
beforeEach(async () => {
  connect({
    createClient: createLocalClient,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  setPictures(() => undefined);
  compared.setState({ branch: undefined, isSwapped: false });
  await openDefault();
  pause();
  await seek(60_000);
  await seek(40_000);
  await kubectl('scale sts/web --replicas=1');
  pause();
  await expect.poll(() => history.getState().branches.length).toBe(2);
});

afterEach(() => pause());

describe('comparing two branches', () => {
  it('shows the branch that was left beside the present one, at the same moment', async () => {
    expect(likelyOther()).toBe(0);
    await toggleCompare();
    expect(sides()).toEqual([1, 0]);
    expect([replicasOf(facts), replicasOf(besideFacts)]).toEqual([1, 3]);
    await seek(1_000);
    expect([replicasOf(facts), replicasOf(besideFacts)]).toEqual([3, 3]);
  });

  it('ends with the facts of the other branch forgotten', async () => {
    await toggleCompare();
    await toggleCompare();
    expect(sides()).toBeUndefined();
    expect(replicasOf(besideFacts)).toBeUndefined();
  });

  it('goes on with either one at the moment shown', async () => {
    await compareWith(0);
    await seek(80_000);
    await goOnWith(0);
    expect(history.getState().branch).toBe(0);
    expect(clock.getState().atMs).toBe(80_000);
    expect(sides()).toBeUndefined();
    expect(replicasOf(facts)).toBe(3);
    await compareWith(1);
    await goOnWith(0);
    expect(history.getState().branch).toBe(0);
  });

  it('puts any branch on any side, and lets two change places', async () => {
    await compareWith(0);
    swapSides();
    expect(sides()).toEqual([0, 1]);
    await showOnSide(0, 1);
    expect(sides()).toEqual([1, 0]);
    await seek(50_000);
    await kubectl('scale sts/web --replicas=2');
    pause();
    await expect.poll(() => history.getState().branches.length).toBeGreaterThan(1);
    const { branches } = history.getState();
    const newest = branches.at(-1)?.id ?? 0;
    await showOnSide(1, newest === 1 ? 0 : newest);
    expect(new Set(sides()).size).toBe(2);
  });

  it('goes on with an act on the present branch alone', async () => {
    await compareWith(0);
    await jump('end');
    await kubectl('scale sts/web --replicas=4');
    pause();
    expect([replicasOf(facts), replicasOf(besideFacts)]).toEqual([4, 3]);
  });

  it('is part of the link', async () => {
    await compareWith(0);
    const hash = (await makeLink()) ?? '';
    await compareWith(undefined);
    expect(await makeLink()).not.toBe(hash);
    await openLink(hash);
    expect(sides()).toEqual([1, 0]);
    expect(replicasOf(besideFacts)).toBe(3);
  });

  it('says how a branch begins where there is only one', async () => {
    await openDefault();
    pause();
    await toggleCompare();
    expect(sides()).toBeUndefined();
    expect(notices.getState().list.some(({ text }) => text.includes('Go back in time and act'))).toBe(true);
  });
});
