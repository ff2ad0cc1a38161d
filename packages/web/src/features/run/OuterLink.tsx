/** A user's text, as a link where it is one that may be followed. */
export function OuterLink({ text, link }: { readonly text: string; readonly link: string | undefined }) {
  if (link === undefined) return <span>{text}</span>;
  return (
    <a href={link} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}
