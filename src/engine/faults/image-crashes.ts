// A broken build: every container of an image crashes soon after its start (FAULT-4).
import { newImageFault } from './image-faults.ts';

export const [imageCrashes, imageRuns] = newImageFault({
  id: 'image-crashes',
  undo: 'image-runs',
  title: (image) => `Let ${image} crash after every start`,
  titleBack: (image) => `Let ${image} run again`,
  words: (image) => `containers of image ${image} crash after every start`,
  wordsBack: (image) => `containers of image ${image} run again`,
});
