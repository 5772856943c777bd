// Property tests take the same cases on every run, so that a change is judged by what it changed; `npm run fuzz` looks
// for new ones.
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_120 });
