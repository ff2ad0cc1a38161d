import { clsx } from "clsx";
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import styles from "./ScrollBox.module.css";

export interface ScrollBoxProps {
  /** What is inside, for a screen reader. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLDivElement> | undefined;
  readonly children: ReactNode;
}

/** A box that scrolls inside itself. While there is something to scroll it can be reached by keyboard; else it is no stop. */
export function ScrollBox({ label, className, ref, children }: ScrollBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const [isScrolling, setScrolling] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () =>
      setScrolling(element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={(element) => {
        box.current = element;
        if (typeof ref === "function") ref(element);
        else if (ref != null) ref.current = element;
      }}
      className={clsx(styles.box, className)}
      {...(isScrolling ? { tabIndex: 0, role: "region", "aria-label": label } : {})}
    >
      {children}
    </div>
  );
}
