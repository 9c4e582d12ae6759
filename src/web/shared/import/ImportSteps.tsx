import type { ReactNode } from 'react';
import type { ImportPreview } from '#contract/kit/imports.shape.ts';
import type { ProblemError } from '../call/problem.ts';
import { FileDrop } from '../form/FileDrop.tsx';
import { Button } from '../kit/action/Button.tsx';
import { ErrorPanel } from '../kit/feedback/ErrorPanel.tsx';
import { Facts, Page, Section } from '../kit/layout/Page.tsx';
import { formatDateTime, formatNumber } from '../words/format.ts';
import { ImportFindings } from './ImportFindings.tsx';
import style from './ImportSteps.module.css';
import type { ImportView } from './import-view.ts';
import type { Import } from './useImport.ts';
import { Waiting } from './Waiting.tsx';

export interface ImportStepsProps<Preview extends ImportPreview, Taken> {
  title: string;
  above: ReactNode;
  state?: ReactNode;
  file: {
    /** `Excel 文件` */
    label: string;
    accept: string;
    /** The limits of the file. */
    note: string;
    /** The source of the file, beside the head of the step. */
    advice?: string;
    disabled?: boolean;
    /** A link to an empty or filled file to begin with. */
    template?: ReactNode;
  };
  /**
   * What else is asked before a file is read: the day from which it holds. `forget` says that the preview no longer
   * holds.
   */
  beside?: (steps: Pick<Import<Preview, Taken>, 'looking' | 'forget'>) => ReactNode;
  steps: Import<Preview, Taken>;
  /** The list of changes, in the words of this table. */
  view: (preview: Preview) => ImportView;
  /** The result, once it is done. */
  done: (taken: Taken) => ReactNode;
  /** Shown where something was refused: nothing was written. */
  kept: string;
  /** The address names a preview that the server no longer knows. */
  lost?: ProblemError | null;
  /** A link to the same table with its findings marked. */
  marked: (preview: Preview) => ReactNode;
}

/**
 * Three steps on one page: the file, the preview, the findings. Nothing is written before the import is confirmed as a
 * whole.
 */
export function ImportSteps<Preview extends ImportPreview, Taken>(props: ImportStepsProps<Preview, Taken>) {
  const { title, above, state, file, beside, steps, kept, lost } = props;
  const { looking, preview, taken, taking } = steps;
  const chosen = steps.file;
  return (
    <Page title={title} above={above} state={state}>
      <Section title="1　选择文件" note={file.advice}>
        {beside && <div className={style.beside}>{beside(steps)}</div>}
        <FileDrop
          label={file.label}
          accept={file.accept}
          note={file.note}
          disabled={file.disabled || looking.busy}
          onFile={(chosen) => void steps.look(chosen)}
        >
          {file.template}
        </FileDrop>
        {chosen && !taken && !looking.busy && (!preview || taking.problem) && (
          <Button onClick={() => void steps.look(chosen)}>重新检查</Button>
        )}
        {looking.busy && <Waiting>正在读取并逐格检查</Waiting>}
        {looking.problem && !looking.busy && <ErrorPanel problem={looking.problem} kept={kept} />}
        {lost && !looking.busy && !taken && (
          <ErrorPanel problem={lost} kept="没有写入任何数据。预览过期后请重新选择文件。" />
        )}
      </Section>
      {taken && <Section title="已写入">{props.done(taken)}</Section>}
      {preview && !looking.busy && (
        <Understood
          preview={preview}
          view={props.view(preview)}
          marked={props.marked(preview)}
          steps={steps}
          kept={kept}
        />
      )}
    </Page>
  );
}

interface UnderstoodProps {
  preview: ImportPreview;
  view: ImportView;
  marked: ReactNode;
  steps: Pick<Import<never, unknown>, 'take' | 'taking'>;
  kept: string;
}

function Understood({ preview, view, marked, steps: { take, taking }, kept }: UnderstoodProps) {
  const { sheets, facts, notes, hard, writable } = preview;
  const { verb, sentence, nothing, fields } = view.take;
  const named = sheets.filter((sheet) => sheet.name !== '');
  return (
    <>
      <Section
        title="2　核对"
        note={`${preview.fileName} · 预览保留至 ${formatDateTime(preview.expiresAt)}；按“${verb}”之前什么都不会写入`}
      >
        <Facts
          items={[
            ...facts,
            named.length > 0 && [
              '工作表',
              named
                .map((sheet) => `${sheet.name}（${formatNumber(sheet.rows)} 行 × ${formatNumber(sheet.columns)} 列）`)
                .join('、'),
              'wide',
            ],
          ]}
        />
        {notes.length > 0 && (
          <ul className={style.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {view.changes}
      </Section>
      <ImportFindings preview={preview} view={view} marked={marked} />
      <Section title="写入">
        {writable && fields && <div className={style.fields}>{fields}</div>}
        <div className={style.take}>
          <p>
            {hard > 0
              ? `还有 ${formatNumber(hard)} 处错误，改正前不能写入。请改正后重新选择文件。`
              : writable
                ? sentence
                : nothing}
          </p>
          <Button kind="primary" busy={taking.busy} disabled={!writable} onClick={() => void take()}>
            {verb}
          </Button>
        </div>
        {taking.busy && <Waiting>正在写入</Waiting>}
        {taking.problem && !taking.busy && <ErrorPanel problem={taking.problem} kept={kept} />}
      </Section>
    </>
  );
}
