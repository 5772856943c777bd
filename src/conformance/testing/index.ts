// Random plays, for the tests here and the tools that play more of them.
export { pinnedPlays } from './pinned-plays.ts';
export { type PlayFigures, runPlay } from './random-play.ts';
