import { useQuery } from "@tanstack/react-query";
import { queries } from "../../lib/queries.ts";

/** An experiment by its name; by its number until that is known. */
export function ExperimentName({ id }: { readonly id: number }) {
  const { data } = useQuery(queries.experiment(id));
  const name = data?.name ?? `#${id}`;
  return (
    <span className="ellipsis" title={name}>
      {name}
    </span>
  );
}
