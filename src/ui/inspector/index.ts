// The inspector: one object from every side, or the cluster.
export { EventList } from './events.tsx';
export { Inspector } from './inspector.tsx';
