import { Button } from '../kit/action/Button.tsx';
import { formatDateTime } from '../words/format.ts';
import style from './ConflictChoice.module.css';
import type { DraftCell } from './draft.ts';
import { Undecided } from './Undecided.tsx';

interface ConflictChoiceProps<Value> {
  cell: DraftCell<Value>;
  /** A value in words; null where there is none. */
  show: (value: NoInfer<Value> | null) => string;
  onChoose: (choice: 'mine' | 'theirs') => void;
}

/** Two people, or one in two windows, wrote into one place: shows both values, who and when, and the person decides. */
export function ConflictChoice<Value>({ cell, show, onChoose }: ConflictChoiceProps<Value>) {
  const { conflict, value } = cell;
  if (!conflict) return null;
  return (
    <Undecided alert>
      <p>{conflict.sentence}</p>
      <div className={style.choice}>
        <Button small onClick={() => onChoose('mine')}>
          {conflict.own ? '用这里的' : '用我的'}：{show(value === undefined ? null : value)}
        </Button>
        <Button small onClick={() => onChoose('theirs')}>
          {conflict.own ? '用另一窗口的' : `用${conflict.by ?? '对方'}的`}：{show(conflict.theirs)}
        </Button>
      </div>
      {conflict.at && <p className="caption">{formatDateTime(conflict.at)} 修改</p>}
    </Undecided>
  );
}
