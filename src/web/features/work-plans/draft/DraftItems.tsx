import { type KeyboardEvent, useRef } from 'react';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { ItemFields } from '../ItemFields.tsx';
import { countiesText, type Detail, emptyItem, spanText, unitsLine, withText } from '../item-fields.ts';
import { planSearch } from '../work-plans.search.ts';
import style from './DraftItems.module.css';
import { joinedWith, splitAt } from './draft-items.ts';
import type { DraftItem } from './useDraftSaving.ts';

/** Keys of items that the server does not know yet. */
let fresh = 0;
const newKey = () => {
  fresh += 1;
  return `new-${fresh}`;
};

interface DraftItemsProps {
  detail: Detail;
  items: readonly DraftItem[];
  onItems: (next: (items: readonly DraftItem[]) => readonly DraftItem[]) => void;
}

/** The items of a draft, each in a field of its own; split, joined, moved and removed by keyboard or by its buttons. */
export function DraftItems({ detail, items, onItems }: DraftItemsProps) {
  const { known, plan, tieKinds, tieYears } = detail;
  const list = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useOpenItem();
  const again = (item: DraftItem, text: string): DraftItem => ({ ...item, ...withText(item, text, plan.year, known) });
  const focus = (at: number) =>
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLTextAreaElement>('textarea[data-item]')[at]?.focus(),
    );
  const add = (at: number) => {
    const item: DraftItem = { ...emptyItem, heading: items[at - 1]?.heading ?? null, id: null, key: newKey() };
    onItems((now) => [...now.slice(0, at), item, ...now.slice(at)]);
    focus(at);
  };
  const split = (at: number, cursor: number) => {
    onItems((now) => splitAt(now, at, cursor, newKey(), again));
    focus(at + 1);
  };
  const join = (at: number) => {
    onItems((now) => joinedWith(now, at, again));
    focus(at - 1);
  };
  const move = (at: number, by: number) => {
    onItems((now) => {
      const rest = now.filter((_, index) => index !== at);
      return [...rest.slice(0, at + by), now[at]!, ...rest.slice(at + by)];
    });
    focus(at + by);
  };
  function keyed(event: KeyboardEvent<HTMLTextAreaElement>, at: number) {
    if (!(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') split(at, event.currentTarget.selectionStart);
    else if (event.key === 'ArrowUp' && at > 0) join(at);
    else return;
    event.preventDefault();
  }
  if (items.length === 0) {
    return (
      <Empty title="还没有任务" action={<Button onClick={() => add(0)}>录入第一项</Button>}>
        可以重新粘贴全文，也可以逐项录入。
      </Empty>
    );
  }
  return (
    <>
      <ol ref={list} className={style.items}>
        {items.map((item, at) => {
          const name = `第 ${at + 1} 项任务`;
          const isOpen = open === item.key || (open !== null && open === item.id);
          const isNewHeading = item.heading !== null && item.heading !== items[at - 1]?.heading;
          return (
            <li key={item.key}>
              {isNewHeading && <h3 className={style.heading}>{item.heading}</h3>}
              <div className={style.item}>
                <span className={`${style.number} tabular`}>{item.number ?? '—'}</span>
                <div className={style.body}>
                  <textarea
                    data-item
                    aria-label={name}
                    rows={Math.min(8, Math.max(2, Math.ceil(item.text.length / 34)))}
                    maxLength={2000}
                    value={item.text}
                    onChange={(event) =>
                      onItems((now) =>
                        now.map((one) => (one.key === item.key ? { ...one, text: event.target.value } : one)),
                      )
                    }
                    onKeyDown={(event) => keyed(event, at)}
                  />
                  <p className={style.facts}>{factsOf(item) || '没有识别出单位和期限'}</p>
                  <Row gap={1}>
                    <Button
                      small
                      kind="quiet"
                      aria-expanded={isOpen}
                      aria-label={`${isOpen ? '收起' : '单位与期限'}，${name}`}
                      onClick={() => setOpen(isOpen ? null : item.key)}
                    >
                      {isOpen ? '收起' : '单位与期限'}
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      aria-label={`合并到上一项，${name}`}
                      disabled={at === 0}
                      onClick={() => join(at)}
                    >
                      合并到上一项
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      aria-label={`上移，${name}`}
                      disabled={at === 0}
                      onClick={() => move(at, -1)}
                    >
                      上移
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      aria-label={`下移，${name}`}
                      disabled={at === items.length - 1}
                      onClick={() => move(at, 1)}
                    >
                      下移
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      aria-label={`删去，${name}`}
                      onClick={() => onItems((now) => now.filter((_, index) => index !== at))}
                    >
                      删去
                    </Button>
                  </Row>
                  {isOpen && (
                    <div className={style.fields}>
                      <ItemFields
                        key={item.key}
                        withoutText
                        item={item}
                        onChange={(next) =>
                          onItems((now) => now.map((one) => (one.key === item.key ? { ...one, ...next } : one)))
                        }
                        {...{ known, tieKinds, tieYears }}
                      />
                    </div>
                  )}
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      <Button onClick={() => add(items.length)}>增加一项</Button>
    </>
  );
}

/** Which item is open lives in the address, by its id once it has one. */
function useOpenItem() {
  const [{ item }, setSearch] = useSearchState(planSearch);
  return [item ?? null, (key: string | null) => setSearch({ item: key ?? undefined }, { replace: true })] as const;
}

/** What was understood of an item, in one line. */
function factsOf({ units, fromDay, toDay, ties, ...item }: DraftItem): string {
  const of = (title: string, line: string) => (line === '' ? '' : `${title} ${line}`);
  return [
    of('牵头', unitsLine(units, 'responsible')),
    of('配合', unitsLine(units, 'partner')),
    countiesText({ ...item, units }),
    spanText(fromDay, toDay),
    ties.length === 0 ? '' : '自动计算进度',
  ]
    .filter(Boolean)
    .join(' · ');
}
