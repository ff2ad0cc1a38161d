import styles from "./states.module.css";

/** The shape of what is still loading, so that nothing jumps when it arrives. Sizes in CSS units. */
export function Skeleton({ width = "100%", height = "1em" }: { readonly width?: string; readonly height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}
