import { formatValue } from '#domain/filing/values.ts';
import { formatDateTime } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import style from './CellFacts.module.css';
import type { DraftCell } from './draft.ts';
import { asField, type Field } from './filing-cell.ts';
import { useDrafts } from './useDrafts.ts';

/** Two people wrote into one cell: both values, who and when; the person decides. */
export function ConflictChoice({ filingId, field, draft }: { filingId: string; field: Field; draft: DraftCell }) {
  const { sender } = useDrafts();
  const { conflict } = draft;
  if (!conflict) return null;
  const mine = draft.value === undefined ? null : draft.value;
  return (
    <div className={style.conflict} role="alert">
      <p>{conflict.sentence}</p>
      <div className={style.choice}>
        <Button small onClick={() => sender.resolve(filingId, field.key, 'mine')}>
          用我的：{formatValue(asField(field), mine)}
        </Button>
        <Button small onClick={() => sender.resolve(filingId, field.key, 'theirs')}>
          用{conflict.by ?? '对方'}的：{formatValue(asField(field), conflict.theirs)}
        </Button>
      </div>
      {conflict.at && <p className="caption">{formatDateTime(conflict.at)} 修改</p>}
    </div>
  );
}
