import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { formatValue, readCell } from '#domain/filing/values.ts';
import { withoutTyping } from '#web/shared/sheet/useCellEditor.ts';
import { type CellFiling, type Field, shownValue } from '../../filing-cell.ts';
import type { FilingCellDraft } from '../../filing-drafts.ts';
import type { FilingEditor } from '../filing-editor.ts';

interface FieldInputProps {
  id: string;
  filing: CellFiling;
  field: Field;
  draft: FilingCellDraft | undefined;
  editor: FilingEditor;
  invalid: boolean;
}

/** The input of one field: keeps the typed text, moves with Enter and the arrows, cancels with Esc. */
export function FieldInput({ id, filing, field, draft, editor, invalid }: FieldInputProps) {
  const value = shownValue(filing, field, draft);
  const settled = shownValue(filing, field, withoutTyping(draft));
  const plain = settled === null ? '' : String(settled);
  const [text, setText] = useState<string | null>(null);
  const before = useRef(plain);
  /**
   * The input that has just been entered. Its whole text is selected as soon as the plain text is drawn, before any key
   * arrives.
   */
  const entered = useRef<HTMLInputElement | null>(null);
  useLayoutEffect(() => {
    entered.current?.select();
    entered.current = null;
  });
  // A change from elsewhere (undo, another person) shows at once, unless somebody is typing here.
  useEffect(() => {
    const was = before.current;
    before.current = plain;
    setText((typed) => (typed === was ? plain : typed));
  }, [plain]);
  const common = {
    id,
    'data-input': field.key,
    'aria-describedby': `${id}-help ${id}-note`,
    'aria-invalid': invalid || undefined,
    'aria-required': field.required,
  } as const;
  if (field.type === 'choice') {
    return (
      <select
        {...common}
        value={plain}
        onChange={(event) => editor.write([{ subject: filing, part: field, text: event.target.value }])}
      >
        <option value="">请选择</option>
        {field.choices?.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  function finish() {
    if (text === null || text === before.current) return;
    editor.write([{ subject: filing, part: field, text }]);
    setText(String(readCell(field, text).value ?? ''));
  }
  /**
   * Takes back the text typed since the field was entered or last finished; false where there is nothing to take back.
   */
  function giveUp(): boolean {
    if (text === null || text === before.current) return false;
    editor.sender.abandonTyping(filing.id, field.key);
    setText(before.current);
    return true;
  }
  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { currentTarget, key } = event;
    if (key === 'Enter' || key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      finish();
      if (!step(currentTarget, key === 'ArrowUp' || event.shiftKey ? -1 : 1)) currentTarget.select();
    } else if (key === 'Escape') {
      giveUp();
    } else if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z' && !event.shiftKey && giveUp()) {
      event.preventDefault();
    }
  }
  return (
    <input
      {...common}
      type="text"
      inputMode={field.type === 'text' ? 'text' : 'decimal'}
      autoComplete="off"
      className={field.type === 'text' ? undefined : 'numbers'}
      value={text ?? (value === null ? '' : formatValue(field, value))}
      onFocus={(event) => {
        setText(plain);
        entered.current = event.currentTarget;
      }}
      onChange={(event) => {
        setText(event.target.value);
        editor.type(filing, field, event.target.value);
      }}
      onBlur={() => {
        finish();
        setText(null);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Moves from one field to the next one that can be typed into; false at either end. */
function step(from: HTMLElement, by: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('[data-input]')];
  const next = all[all.indexOf(from) + by];
  next?.focus();
  return next !== undefined;
}
