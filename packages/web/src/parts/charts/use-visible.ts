import { type RefObject, useEffect, useRef, useState } from "react";

/** Charts begin so far beyond the window's edge, and end there. */
const MARGIN = "360px 0px";

const listeners = new Map<Element, (isVisible: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all charts of the page. */
function observe(element: Element, listener: (isVisible: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}

/** Whether the element is in the window, or near it. @param isLikely what is taken for true until it is known */
export function useVisible<E extends Element>(isLikely: boolean): readonly [RefObject<E | null>, boolean] {
  const ref = useRef<E>(null);
  const [isVisible, setVisible] = useState(isLikely);
  useEffect(() => (ref.current === null ? undefined : observe(ref.current, setVisible)), []);
  return [ref, isVisible];
}
