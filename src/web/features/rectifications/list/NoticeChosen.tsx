import { useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import type { Choosing, Chosen } from './useChosen.ts';

const dialog = late(() => import('./NoticeDialog.tsx'));

/** Beside a list with findings that wait to be sent out: chooses those of the page, and sends out what is chosen. */
export function NoticeChosen({ choosing, rows }: { choosing: Choosing; rows: readonly Chosen[] }) {
  const [asking, setAsking] = useState(false);
  const [left, setLeft] = useState<readonly string[]>([]);
  const waiting = rows.filter((row) => choosing.mayChoose(row) && !choosing.has(row));
  const count = choosing.rows.length;
  const elsewhere = choosing.rows.filter(({ id }) => !rows.some((row) => row.id === id));
  if (waiting.length === 0 && count === 0 && left.length === 0) return null;
  return (
    <>
      <div className="screen-only">
        <Row>
          {waiting.length > 0 && (
            <Button onClick={() => choosing.choose(waiting)}>选中本页待下发的 {waiting.length} 个</Button>
          )}
          {count > 0 && (
            <>
              <Button kind="primary" onClick={() => setAsking(true)}>
                下发选中的 {count} 个
              </Button>
              <Button kind="quiet" onClick={choosing.clear}>
                取消选中
              </Button>
            </>
          )}
        </Row>
      </div>
      {elsewhere.length > 0 && (
        <p role="status">
          选中的有 {elsewhere.length} 个不在这一页或不符合筛选：
          {elsewhere
            .slice(0, 5)
            .map(({ title }) => title)
            .join('、')}
          {elsewhere.length > 5 && ' 等'}
        </p>
      )}
      {choosing.full && <p role="status">已选满 {count} 个，其余的在这一批下发后再选。</p>}
      {left.length > 0 && <p role="alert">没有下发：{left.join('；')}</p>}
      {asking && (
        <WhenHere late={dialog}>
          {({ NoticeDialog }) => (
            <NoticeDialog
              findings={choosing.rows}
              onClose={() => setAsking(false)}
              onDone={({ refused }) => {
                setAsking(false);
                choosing.clear();
                setLeft(refused.map(({ title, message }) => `${title}：${message}`));
              }}
            />
          )}
        </WhenHere>
      )}
    </>
  );
}
