import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import styles from "./HomePage.module.css";
import { homeTexts } from "./texts.ts";

/** Asks for a name and makes the experiment. */
export function NewExperiment({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useTexts(homeTexts);
  const form = useId();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const close = () => {
    setProblem(undefined);
    onClose();
  };
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const name = String(data.get("name")).trim();
    if (name === "") return setProblem(t.nameNeeded);
    try {
      const { id } = await server.experiments.create({ name, description: String(data.get("description")).trim() });
      await client.invalidateQueries({ queryKey: ["experiments"] });
      close();
      await navigate({ to: "/experiments/$experiment", params: { experiment: String(id) } });
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t.newExperiment}
      closeLabel={t.close}
      footer={
        <>
          <Button onClick={close}>{t.cancel}</Button>
          <Button look="primary" type="submit" form={form}>
            {t.create}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void create(event)}>
        <Field label={t.name} name="name" autoComplete="off" problem={problem} />
        <TextArea label={t.description} name="description" />
      </form>
    </Dialog>
  );
}
