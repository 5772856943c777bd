// No registry gives an image out (FAULT-4).
import { newImageFault } from './image-faults.ts';

export const [imagePullFails, imagePullWorks] = newImageFault({
  id: 'image-pull-fails',
  undo: 'image-pull-works',
  title: (image) => `Take ${image} out of the registry`,
  titleBack: (image) => `Put ${image} back into the registry`,
  words: (image) => `image ${image} cannot be pulled`,
  wordsBack: (image) => `image ${image} can be pulled again`,
});
