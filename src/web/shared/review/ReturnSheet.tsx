import { useEffect, useId, useRef } from 'react';
import { Button } from '../kit/action/Button.tsx';
import { toggled } from '../kit/choice/toggled.ts';
import style from './ReturnSheet.module.css';
import type { ReturnDraft } from './return-draft.ts';

interface ReturnSheetProps {
  /** Usual reasons, to be ticked. */
  reasons: readonly string[];
  draft: ReturnDraft;
  onDraft: (patch: Partial<ReturnDraft>) => void;
  /** The subject was returned before: ticked parts are added to those that are already open. */
  again: boolean;
  /** The parts of the subject in their order, in which the ticked ones are named. */
  parts: readonly string[];
  /** The word for a part: `数据项`. */
  partWord: string;
  /** Only the ticked parts open; without it those that are checked against them open too. */
  alone?: boolean;
  /** The text for a return without a ticked part: `整份退回`. */
  wholeVerb: string;
  busy: boolean;
  onClose: () => void;
  /** The reason in words, at most 500 characters, and the ticked parts; without any, the whole subject is returned. */
  onReturn: (reason: string, parts: readonly string[]) => void;
}

/** The form of a return: reasons from the list and a free text; ticked parts, or the whole. */
export function ReturnSheet(props: ReturnSheetProps) {
  const { reasons, draft, onDraft, again, parts, partWord, alone = false, wholeVerb, busy, onClose, onReturn } = props;
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const { text } = draft;
  const chosen = new Set(draft.chosen);
  const picked = new Set(parts.filter((part) => draft.picked.includes(part)));
  // The sheet sticks to the lower edge: the parts that the eye reads stay where they are.
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  const reason = [...reasons.filter((each) => chosen.has(each)), text.trim()].filter(Boolean).join('；');
  const given = reason.length >= 2;
  return (
    <form
      className={`${style.sheet} screen-only`}
      aria-label="退回修改"
      onSubmit={(event) => {
        event.preventDefault();
        if (given) onReturn(reason.slice(0, 500), [...picked]);
      }}
    >
      <fieldset>
        <legend>退回原因（可多选，须至少选一项或写明）</legend>
        {reasons.map((each, at) => (
          <label key={each} className={style.reason}>
            <input
              ref={at === 0 ? first : undefined}
              type="checkbox"
              checked={chosen.has(each)}
              onChange={() => onDraft({ chosen: [...toggled(chosen, each)] })}
            />
            {each}
          </label>
        ))}
      </fieldset>
      <label htmlFor={id} className="caption">
        补充说明
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={300}
        value={text}
        onChange={(event) => onDraft({ text: event.target.value })}
      />
      <div className={style.picked}>
        {picked.size === 0 ? (
          <span>
            没有勾选{partWord}：{wholeVerb}，全部{partWord}可以修改。在上面勾选可只{again ? '增加' : '退回'}这些项。
          </span>
        ) : (
          <>
            <span>
              {again ? '在已退回的以外再退回' : '只退回'} {picked.size} 项，
              {alone ? `其余${partWord}保持锁定` : `以及与之有校验关系的${partWord}`}：
            </span>
            {[...picked].map((part) => (
              <Button
                key={part}
                small
                onClick={() => onDraft({ picked: [...toggled(picked, part)] })}
                aria-label={`不退回 ${part}`}
              >
                {part} ×
              </Button>
            ))}
          </>
        )}
      </div>
      <div className={style.acts}>
        <Button onClick={onClose}>取消</Button>
        <Button kind="danger" type="submit" busy={busy} disabled={!given}>
          {picked.size === 0 ? wholeVerb : `退回 ${picked.size} 项`}
        </Button>
      </div>
    </form>
  );
}
