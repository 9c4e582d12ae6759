import { type LaidBlock, layOutLetter } from '#domain/letter/laid-letter.ts';
import { type Letter, letterShape } from '#domain/letter/letter.shape.ts';
import { formOf, type LetterKind } from '#domain/letter/state.ts';
import style from './LetterSheet.module.css';

interface LetterSheetProps {
  /** As it is printed, or as far as it is written. */
  letter: Letter;
  /** It is not issued: 草稿 stands across it. */
  draft?: boolean;
  /** Parts of the text whose figures have changed since they were read, each with what changed. */
  changed?: ReadonlyMap<number, string>;
}

const nothing: ReadonlyMap<number, string> = new Map();

/** The letter as it reads on paper, in the order and with the numbers of the print; the PDF alone has its exact measures. */
export function LetterSheet({ letter, draft = false, changed = nothing }: LetterSheetProps) {
  const laid = layOutLetter(letter);
  const { signature, imprint } = laid;
  return (
    <article className={`${style.sheet} ${draft ? style.draft : ''}`} aria-label="公文全文">
      {!laid.certificate && (
        <>
          <p className={style.mark}>{laid.mark.lines.join('')}</p>
          <p className={style.number}>{laid.number}</p>
        </>
      )}
      <h2 className={style.title}>
        {laid.title.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </h2>
      {laid.certificate && <p className={style.own}>{laid.number}</p>}
      {laid.addressees !== null && <p className={style.addressees}>{laid.addressees}</p>}
      {laid.body.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a letter have no other name than their place
        <div key={at} className={changed.has(at) ? style.changed : undefined}>
          {changed.has(at) && <span className="visually-hidden">数据有变：{changed.get(at)}</span>}
          <Block block={block} />
        </div>
      ))}
      {laid.attachments.length > 0 && (
        <p className={style.attachments}>
          附件：
          {laid.attachments.map(({ number, name }) => (
            <span key={name}>
              {number}
              {name}
            </span>
          ))}
        </p>
      )}
      <div className={style.signature}>
        {signature.joint?.linesAbove === null ? (
          <p className={style.beside}>
            <span>{signature.signer}</span>
            <span>{signature.joint.name}</span>
          </p>
        ) : (
          <>
            <p>{signature.signer}</p>
            {signature.joint !== null && <p className={style.below}>{signature.joint.name}</p>}
          </>
        )}
        <p>{signature.date}</p>
      </div>
      {!laid.certificate && (
        <footer className={style.imprint}>
          {imprint.copyTo !== null && <p>抄送：{imprint.copyTo}</p>}
          <p>
            <span>{imprint.printedBy}</span>
            <span>{imprint.printedOn}</span>
          </p>
        </footer>
      )}
    </article>
  );
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;

function Block({ block }: { block: LaidBlock }) {
  if (block.kind === 'heading') return <h3 className={style.heading}>{block.text}</h3>;
  if (block.kind === 'paragraph') return <p className={style.paragraph}>{block.text}</p>;
  // A table of few columns has the room to keep a heading and a day in one piece.
  const whole = block.columns.length <= 5;
  return (
    <table className={style.table}>
      {block.caption !== null && <caption>{block.caption}</caption>}
      <thead>
        <tr>
          {block.columns.map(({ heading }) => (
            <th key={heading} scope="col" className={whole ? style.whole : undefined}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have no other name than their place
          <tr key={at}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor have its cells
              <td key={column} className={whole && isoDay.test(cell) ? style.whole : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The letter from what is written of it so far; undefined while it is not whole enough to be laid out. */
export function readLetter(written: unknown): Letter | undefined {
  const read = letterShape.safeParse(written);
  return read.success ? read.data : undefined;
}

interface Kept {
  readonly content: { readonly kind: LetterKind };
  readonly head: unknown;
  readonly signer: unknown;
  readonly jointSigner: string | null;
  readonly printedBy: unknown;
  readonly date: unknown;
  readonly printedOn: unknown;
  readonly numbered: unknown;
}

/** A letter as it is kept, in the form in which both writers print it. */
export function asPrinted({ content, jointSigner, numbered, ...kept }: Kept): unknown {
  const { head, signer, printedBy, date, printedOn } = kept;
  const joint = jointSigner === null ? {} : { jointSigner };
  const form = formOf(content.kind);
  return { ...content, form, head, signer, ...joint, printedBy, date, printedOn, number: numbered };
}
