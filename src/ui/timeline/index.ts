// The timeline: the playhead's controls. The picture of history itself is loaded behind them: see panels/.
export { TimelineTools } from './late-tools.tsx';
export { Transport } from './transport.tsx';
