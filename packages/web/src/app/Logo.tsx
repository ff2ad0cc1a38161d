/** Four stones, the smallest on top. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} fill="var(--accent)" aria-hidden="true">
      <rect x="3" y="23" width="26" height="7" rx="3.5" />
      <rect x="6" y="15.5" width="20" height="6" rx="3" />
      <rect x="9.5" y="9" width="14" height="5" rx="2.5" />
      <rect x="12.5" y="3" width="8" height="4.5" rx="2.25" />
    </svg>
  );
}
