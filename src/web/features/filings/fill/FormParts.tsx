import { type ReactNode, useId } from 'react';
import type { Picking } from '#web/shared/review/picking.ts';
import type { CellFiling, Field } from '../filing-cell.ts';
import type { FilingDetail, FilingDraft } from '../filing-drafts.ts';
import style from './FormParts.module.css';
import { FormField } from './field/FormField.tsx';
import type { FilingEditor } from './filing-editor.ts';
import { type FormPart, partFault } from './filing-form.ts';

interface FormPartsProps {
  detail: FilingDetail;
  filing: CellFiling;
  parts: readonly FormPart[];
  draft: FilingDraft | undefined;
  editor: FilingEditor;
  /** The list of parts beside the form. */
  contents?: boolean;
  picking?: Picking | undefined;
  /** What stands beside last year's value of a field. */
  beside?: ((field: Field) => ReactNode) | undefined;
}

/** The form's sections, each with its own progress line; the list of them stays in sight on a wide screen. */
export function FormParts({ detail, filing, parts, draft, editor, contents = true, picking, beside }: FormPartsProps) {
  const id = useId();
  const confirmed = editor.drafts.confirmed[detail.id];
  return (
    <div className={contents ? style.form : style.formAlone}>
      {contents && (
        <nav className={`${style.contents} screen-only`} aria-label="表单目录">
          <ol>
            {parts.map((part) => (
              <li key={part.group}>
                <a href={`#${id}-${part.group}`} onClick={(event) => jump(event, `${id}-${part.group}`)}>
                  <span>{part.group}</span>
                  <span className="tabular">
                    <PartFault part={part} short /> {part.filled}/{part.required}
                  </span>
                  <Line part={part} />
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={style.parts}>
        {parts.map((part) => (
          <section key={part.group} id={`${id}-${part.group}`} className={style.part} aria-label={part.group}>
            <header className={style.partHead}>
              <h2>{part.group}</h2>
              <span className="caption tabular">
                {part.required === 0
                  ? ''
                  : part.filled === part.required
                    ? `已填齐 ${part.required} 项`
                    : `已填 ${part.filled} / ${part.required} 项`}
                <PartFault part={part} />
              </span>
              <Line part={part} />
            </header>
            {part.blocks.map((block) => (
              <div key={block.section}>
                {block.heading !== '' && <h3>{block.heading}</h3>}
                {block.fields.map((field) => (
                  <FormField
                    key={field.key}
                    detail={detail}
                    filing={filing}
                    field={field}
                    draft={draft?.[field.key]}
                    confirmed={confirmed?.has(field.key) ?? false}
                    editor={editor}
                    picking={picking}
                    beside={beside?.(field)}
                  />
                ))}
              </div>
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

/** Jumps without writing a name into the address, which is reserved for fields. */
function jump(event: React.MouseEvent, id: string) {
  event.preventDefault();
  document.getElementById(id)?.scrollIntoView({ block: 'start' });
}

/** What stands against submitting the part: in words at its head, as a mark with a number in the narrow list. */
function PartFault({ part, short = false }: { part: FormPart; short?: boolean }) {
  const fault = partFault(part);
  if (fault === null) return null;
  const tone = toneOf(part);
  if (!short) return <span data-tone={tone}> · {fault}</span>;
  return (
    <span data-tone={tone} title={fault}>
      <span aria-hidden="true">{tone === 'fails' ? `✕${part.errors}` : `▲${part.doubts}`}</span>
      <span className="visually-hidden">{fault}</span>
    </span>
  );
}

const toneOf = ({ errors }: FormPart) => (errors > 0 ? 'fails' : 'look');

/** How much of a section is done, green only where nothing is left to do; the words beside it say the same. */
function Line({ part }: { part: FormPart }) {
  const share = part.required === 0 ? 1 : part.filled / part.required;
  const fault = partFault(part) !== null;
  return (
    <span
      className={style.line}
      data-full={(share === 1 && !fault) || undefined}
      data-tone={fault ? toneOf(part) : undefined}
      aria-hidden="true"
    >
      <span style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}
