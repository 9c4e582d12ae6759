import type { ReactNode } from 'react';
import { FileDrop } from '../form/FileDrop.tsx';
import { Button } from '../kit/action/Button.tsx';
import { ErrorPanel } from '../kit/feedback/ErrorPanel.tsx';
import { Facts, Page, Section } from '../kit/layout/Page.tsx';
import type { ProblemError } from '../problem.ts';
import { ImportFindings } from './ImportFindings.tsx';
import style from './ImportPage.module.css';
import type { ImportView } from './import-view.ts';
import type { Import } from './useImport.ts';
import { Waiting } from './Waiting.tsx';

interface ImportPageProps<Preview, Taken> {
  title: string;
  above: ReactNode;
  state?: ReactNode;
  file: {
    /** `Excel 文件` */
    label: string;
    accept: string;
    /** What limits the file. */
    note: string;
    /** Where the file comes from, beside the head of the step. */
    advice?: string;
    disabled?: boolean;
    /** The way to an empty or filled file to begin with. */
    template?: ReactNode;
  };
  /** What else is asked before a file is read: from which day it holds. */
  beside?: ReactNode;
  steps: Import<Preview, Taken>;
  /** What was understood, in the words of this list. */
  view: (preview: Preview) => ImportView;
  /** What was done, once it is done. */
  done: (taken: Taken) => ReactNode;
  /** Said where something was refused: that nothing was written. */
  kept: string;
  /** A preview that the address names and the server does not know any more. */
  lost?: ProblemError | null;
}

/** Three steps on one page: the file, what was understood, what is wrong; nothing is written before it is taken whole. */
export function ImportPage<Preview, Taken>(props: ImportPageProps<Preview, Taken>) {
  const { title, above, state, file, beside, steps, kept, lost } = props;
  const { looking, preview, taken } = steps;
  return (
    <Page title={title} above={above} state={state}>
      <Section title="1　选择文件" note={file.advice}>
        <FileDrop
          label={file.label}
          accept={file.accept}
          note={file.note}
          disabled={file.disabled || looking.busy}
          onFile={(chosen) => void steps.look(chosen)}
        >
          {file.template}
        </FileDrop>
        {beside && <div className={style.beside}>{beside}</div>}
        {looking.busy && <Waiting>正在读取并逐格检查</Waiting>}
        {looking.problem && !looking.busy && <ErrorPanel problem={looking.problem} kept={kept} />}
        {lost && !looking.busy && !taken && (
          <ErrorPanel problem={lost} kept="没有写入任何数据。预览过期后请重新选择文件。" />
        )}
      </Section>
      {taken && <Section title="已写入">{props.done(taken)}</Section>}
      {preview && !looking.busy && <Understood view={props.view(preview)} steps={steps} kept={kept} />}
    </Page>
  );
}

interface UnderstoodProps {
  view: ImportView;
  steps: Pick<Import<never, unknown>, 'take' | 'taking'>;
  kept: string;
}

function Understood({ view, steps: { take, taking }, kept }: UnderstoodProps) {
  return (
    <>
      <Section title="2　核对" note={view.note}>
        <Facts items={view.facts} />
        {view.notes.length > 0 && (
          <ul className={style.notes}>
            {view.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {view.changes}
      </Section>
      <ImportFindings {...view} />
      <Section title="写入">
        {view.take.fields && <div className={style.fields}>{view.take.fields}</div>}
        <div className={style.take}>
          <p>{view.take.sentence}</p>
          <Button kind="primary" busy={taking.busy} disabled={!view.take.possible} onClick={() => void take()}>
            {view.take.verb}
          </Button>
        </div>
        {taking.busy && <Waiting>正在写入</Waiting>}
        {taking.problem && !taking.busy && <ErrorPanel problem={taking.problem} kept={kept} />}
      </Section>
    </>
  );
}
