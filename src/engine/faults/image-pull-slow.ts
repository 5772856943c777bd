// An image comes slowly: a large one, or a slow registry (FAULT-4).
import { newImageFault } from './image-faults.ts';

export const [imagePullSlow, imagePullNormal] = newImageFault({
  id: 'image-pull-slow',
  undo: 'image-pull-normal',
  title: (image) => `Make pulls of ${image} slow`,
  titleBack: (image) => `Make pulls of ${image} fast again`,
  words: (image) => `pulling image ${image} takes long`,
  wordsBack: (image) => `pulling image ${image} is fast again`,
});
