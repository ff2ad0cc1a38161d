import { type RefObject, useLayoutEffect, useState } from "react";

/** The height of a row in px, as the tokens say: taller where fingers point. */
export function useRowHeight(box: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(34);
  useLayoutEffect(() => {
    const query = window.matchMedia("(pointer: coarse)");
    const read = () => {
      if (box.current === null) return;
      const value = Number.parseFloat(getComputedStyle(box.current).getPropertyValue("--row"));
      if (Number.isFinite(value)) setHeight(value);
    };
    read();
    query.addEventListener("change", read);
    return () => query.removeEventListener("change", read);
  }, [box]);
  return height;
}
