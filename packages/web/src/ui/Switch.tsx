import { Switch as Base } from "@base-ui/react/switch";
import styles from "./Switch.module.css";

export interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, isOn, onChange }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI puts a real checkbox inside
    <label className={styles.switch}>
      <Base.Root className={styles.track} checked={isOn} onCheckedChange={onChange}>
        <Base.Thumb className={styles.thumb} />
      </Base.Root>
      {label}
    </label>
  );
}
