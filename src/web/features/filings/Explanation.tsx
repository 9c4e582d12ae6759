import { useEffect, useId, useRef, useState } from 'react';
import style from './CellFacts.module.css';
import { type CellFiling, explanationOf, type Field } from './filing-cell.ts';
import { useCellEditor } from './useCellEditor.ts';

/** The written explanation of a doubt, asked for where the doubt is; kept like a value. */
export function Explanation({ filing, field }: { filing: CellFiling; field: Field }) {
  const { sender, drafts, explain } = useCellEditor();
  const stored = explanationOf(filing, field.key, drafts.draft.filings[filing.id]?.[field.key]);
  const [text, setText] = useState(stored);
  const touched = useRef(false);
  const id = useId();
  useEffect(() => {
    if (!touched.current) setText(stored);
  }, [stored]);
  return (
    <div className={style.explanation}>
      <label htmlFor={id}>说明</label>
      <textarea
        id={id}
        value={text}
        maxLength={500}
        rows={2}
        placeholder="写明原因，审核人会看到"
        onChange={(event) => {
          touched.current = true;
          setText(event.target.value);
          explain(filing, field.key, event.target.value);
        }}
        onBlur={() => {
          touched.current = false;
          sender.settle(filing.id, field.key);
        }}
      />
    </div>
  );
}
