/** What a dragged alias says of itself: rows of versions take nothing else. */
export const ALIAS_DRAG_TYPE = "application/x-cairn-alias";
