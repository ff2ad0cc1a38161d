const isMac = /mac|iphone|ipad/i.test(navigator.platform);
const names: Readonly<Record<string, string>> = isMac
  ? { mod: "⌘", shift: "⇧", alt: "⌥", esc: "esc", enter: "↵", up: "↑", down: "↓", left: "←", right: "→" }
  : { mod: "Ctrl", shift: "Shift", alt: "Alt", esc: "Esc", enter: "↵", up: "↑", down: "↓", left: "←", right: "→" };

/** Keys as this machine writes them: `mod+k` is ⌘ K or Ctrl K, `g h` one after the other. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span>
      {keys.split(/[+ ]/).map((key) => (
        <kbd key={key}>{names[key] ?? key.toUpperCase()}</kbd>
      ))}
    </span>
  );
}
