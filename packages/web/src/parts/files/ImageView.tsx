import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Problem } from "../../ui/Problem.tsx";
import styles from "./FilePreview.module.css";
import { fileTexts } from "./texts.ts";

/** An image, no larger than there is room, and its true size. */
export function ImageView({ url, alt }: { readonly url: string; readonly alt: string }) {
  const t = useTexts(fileTexts);
  const [size, setSize] = useState<readonly [number, number]>();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <Problem title={t.imageBroken} detail={t.imageBrokenText} />;
  return (
    <figure className={styles.image}>
      <img
        src={url}
        alt={alt}
        onLoad={({ currentTarget }) => setSize([currentTarget.naturalWidth, currentTarget.naturalHeight])}
        onError={() => setBroken(true)}
      />
      <figcaption className={styles.note}>{size === undefined ? "\u00a0" : t.imageSize(...size)}</figcaption>
    </figure>
  );
}
