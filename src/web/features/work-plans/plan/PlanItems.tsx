import { useDeskContext } from '#web/shared/address/context.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { itemMarks } from '../desk/state-marks.ts';
import { countiesText, type Detail, type PlanItem, unitsLine } from '../item-fields.ts';
import { ItemRecords } from './ItemRecords.tsx';
import style from './PlanItems.module.css';
import { underHeadings } from './plan-items.ts';

interface PlanItemsProps {
  detail: Detail;
  items: readonly PlanItem[];
  /** The item whose records are open. */
  open: string | undefined;
  onOpen: (item: string | undefined) => void;
}

/** The items under their headings; the records of one are a click away. */
export function PlanItems({ detail, items, open, onOpen }: PlanItemsProps) {
  return (
    <>
      {underHeadings(items).map((group) => (
        <Section key={group.items[0]?.id} title={group.heading ?? '任务'}>
          <ol className={style.items}>
            {group.items.map((item) => (
              <li key={item.id} className={item.standing === 'withdrawn' ? style.withdrawn : undefined}>
                <Item item={item} isOpen={item.id === open} onOpen={onOpen} />
                {item.id === open && <ItemRecords detail={detail} item={item} />}
              </li>
            ))}
          </ol>
        </Section>
      ))}
    </>
  );
}

interface ItemProps {
  item: PlanItem;
  isOpen: boolean;
  onOpen: PlanItemsProps['onOpen'];
}

function Item({ item, isOpen, onOpen }: ItemProps) {
  const { today } = useDeskContext();
  const { number, text, standing, toDay, count, notes, units, ties } = item;
  const who = [
    unitsLine(units, 'responsible') && `牵头 ${unitsLine(units, 'responsible')}`,
    unitsLine(units, 'partner') && `配合 ${unitsLine(units, 'partner')}`,
    countiesText(item),
  ].filter(Boolean);
  return (
    <div className={style.item}>
      <span className={`${style.number} tabular`}>{number ?? ''}</span>
      <div>
        <p className={style.text}>{text}</p>
        {who.length > 0 && <p className={style.who}>{who.join(' · ')}</p>}
        {item.part && (
          <p
            className={style.who}
          >{`落实 ${item.part.planTitle}${item.part.number ? ` 第 ${item.part.number} 项` : ''}`}</p>
        )}
        {standing === 'withdrawn' && <p className={style.who}>撤出原因：{item.reason}</p>}
      </div>
      <div className={style.standing}>
        <StateMark state={itemMarks[standing]} />
        {toDay !== null && standing !== 'withdrawn' && (
          <DeadlineText date={toDay} now={today} met={standing === 'done'} />
        )}
      </div>
      <div className={style.count}>
        {count ? (
          <Counted done={count.done} total={count.total} />
        ) : ties.length > 0 ? (
          <Missing
            reason={ties.some(({ visible }) => visible) ? '这项工作还没有开始' : '您的岗位看不到这项工作的进度'}
          />
        ) : (
          <span className="caption">{notes.length === 0 ? '没有记录' : `${notes.length} 条记录`}</span>
        )}
        <span className="screen-only">
          <Button
            small
            kind="quiet"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? '收起' : '查看'}任务 ${number ?? ''} 的依据和记录`}
            onClick={() => onOpen(isOpen ? undefined : item.id)}
          >
            {isOpen ? '收起' : '查看'}
          </Button>
        </span>
      </div>
    </div>
  );
}

function Counted({ done, total }: { done: number; total: number }) {
  return (
    <span className={style.counted}>
      <span className="tabular">
        {done} / {total}
      </span>
      <span className={style.track} aria-hidden="true">
        <span className={style.done} style={{ inlineSize: `${(done / total) * 100}%` }} />
      </span>
    </span>
  );
}
