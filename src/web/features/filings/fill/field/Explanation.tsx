import { useEffect, useId, useRef, useState } from 'react';
import { type CellFiling, explanationOf, type Field, findingsOf } from '../../filing-cell.ts';
import { useFilingEditor } from '../filing-editor.ts';
import style from './Explanation.module.css';

/** The written explanation of a doubt. The form asks for it beside the doubt and keeps it like a value. */
export function Explanation({ filing, field }: { filing: CellFiling; field: Field }) {
  const { sender, drafts, explain } = useFilingEditor();
  const draft = drafts.draft.subjects[filing.id]?.[field.key];
  const stored = explanationOf(filing, field.key, draft);
  const outdated =
    stored !== '' &&
    findingsOf(filing, field, draft).some((each) => each.weight === 'soft' && each.explanation === null);
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
      {outdated && <p className="caption">写这条说明以后又出现了新的疑点，请一并说明。</p>}
    </div>
  );
}
