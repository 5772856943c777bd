// What tests of other layers use of the bridge.
export { createLocalClient } from './local-client.ts';
