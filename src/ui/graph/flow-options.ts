// What both views ask of xyflow alike: it draws, pans and zooms. Selection, keys and focus are the canvas' own.

/** Set once, so that a drawing of the view hands xyflow the same values. */
export const FLOW_OPTIONS = {
  onlyRenderVisibleElements: true,
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  elevateNodesOnSelect: false,
  zoomOnScroll: false,
  zoomOnDoubleClick: false,
  panOnScroll: true,
  panOnScrollSpeed: 1,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  zoomActivationKeyCode: null,
  // The help sheet credits React Flow.
  proOptions: { hideAttribution: true },
} as const;
