import type { Model } from "@cairn/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTexts } from "../../lib/texts.ts";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Select } from "../../ui/Select.tsx";
import { numberOfBaseline } from "./baseline.ts";
import { modelTexts } from "./texts.ts";

export interface BaselineSelectProps {
  readonly model: Model;
  /** `@alias`, a number, or `none`. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What versions are held against: where an alias points, or one of them. */
export function BaselineSelect({ model, value, onChange }: BaselineSelectProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const { data } = useInfiniteQuery(versionQueries.versions(model.id));
  const versions = (data?.pages ?? []).flatMap(({ items }) => items);
  const aliases = Object.keys(model.aliases).sort();
  if (model.latest !== null) aliases.push("latest");
  const numbers = versions.map(({ number, label }) => ({
    value: String(number),
    label: label === null ? v.version(number) : `${v.version(number)} · ${label}`,
  }));
  if (/^\d/.test(value) && !numbers.some((option) => option.value === value)) {
    numbers.push({ value, label: v.version(Number(value)) });
  }
  return (
    <Select
      label={t.baseline}
      labelPlace="before"
      value={value}
      onChange={onChange}
      options={[
        { value: "none", label: t.noBaseline },
        ...(aliases.length === 0
          ? []
          : [
              {
                heading: t.aliasesGroup,
                options: aliases.map((alias) => ({
                  value: `@${alias}`,
                  label: `${alias} (${numberOfBaseline(model, `@${alias}`)})`,
                })),
              },
            ]),
        { heading: t.versionsGroup, options: numbers },
      ]}
    />
  );
}
