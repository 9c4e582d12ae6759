import { useEffect, useId, useRef, useState } from 'react';
import * as filings from '#contract/filings.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { useAct } from '#web/shared/queries.ts';
import { toggled } from '#web/shared/toggled.ts';
import style from './FilingReview.module.css';
import type { FilingDetail } from './filing-drafts.ts';
import { returnReasons } from './filing-words.ts';

interface ReturnSheetProps {
  detail: FilingDetail;
  picked: ReadonlySet<string>;
  onUnpick: (key: string) => void;
  onClose: () => void;
  onDone: () => void;
}

/** Returning: reasons from the list and a text of one's own; ticked fields, or the whole filing. */
export function ReturnSheet({ detail, picked, onUnpick, onClose, onDone }: ReturnSheetProps) {
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const back = useAct(filings.returnFiling, {
    done: `已退回：${detail.school.name}`,
    refresh: ['balance'],
    onDone,
  });
  useEffect(() => first.current?.focus(), []);
  // A return of chosen fields that proved too narrow is widened while the school works on it.
  const again = detail.state === 'draft';
  const reason = [...returnReasons.filter((each) => chosen.has(each)), text.trim()].filter(Boolean).join('；');
  function send() {
    void back.act({
      params: { filingId: detail.id },
      body: {
        revision: detail.revision,
        reason: reason.slice(0, 500),
        ...(picked.size > 0 ? { fields: [...picked] } : {}),
      },
    });
  }
  return (
    <form
      className={`${style.sheet} screen-only`}
      aria-label="退回修改"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.length >= 2) send();
      }}
    >
      <fieldset>
        <legend>退回原因（可多选，须至少选一项或写明）</legend>
        {returnReasons.map((each, at) => (
          <label key={each} className={style.reason}>
            <input
              ref={at === 0 ? first : undefined}
              type="checkbox"
              checked={chosen.has(each)}
              onChange={() => setChosen((before) => toggled(before, each))}
            />
            {each}
          </label>
        ))}
      </fieldset>
      <label htmlFor={id} className="caption">
        补充说明
      </label>
      <textarea id={id} rows={2} maxLength={300} value={text} onChange={(event) => setText(event.target.value)} />
      <div className={style.picked}>
        {picked.size === 0 ? (
          <span>没有勾选数据项：整份退回，全部数据项可以修改。在上面勾选可只{again ? '增加' : '退回'}这些项。</span>
        ) : (
          <>
            <span>
              {again ? '在已退回的以外再退回' : '只退回'} {picked.size} 项，以及与之有校验关系的数据项：
            </span>
            {[...picked].map((key) => (
              <Button key={key} small onClick={() => onUnpick(key)} aria-label={`不退回 ${key}`}>
                {key} ×
              </Button>
            ))}
          </>
        )}
      </div>
      <div className={style.sheetActs}>
        <Button onClick={onClose}>取消</Button>
        <Button kind="danger" type="submit" busy={back.busy} disabled={reason.length < 2}>
          {picked.size === 0 ? '整份退回' : `退回 ${picked.size} 项`}
        </Button>
      </div>
    </form>
  );
}
