import { Popover } from '@base-ui/react/popover';
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { today as todayInChina } from '../../words/format.ts';
import { Button } from '../action/Button.tsx';
import style from './DateCalendar.module.css';
import { dayOfWeek, daysOfMonth, monthLater, monthTitle } from './month.ts';

interface DateCalendarProps {
  id: string;
  field: RefObject<HTMLElement | null>;
  input: RefObject<HTMLElement | null>;
  value: Day | null;
  min: Day | undefined;
  max: Day | undefined;
  onClose: () => void;
  onChoose: (day: Day) => void;
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
const steps: Readonly<Record<string, (day: Day) => Day>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => addDays(day, -dayOfWeek(day)),
  End: (day) => addDays(day, 6 - dayOfWeek(day)),
  PageUp: (day) => monthLater(day, -1),
  PageDown: (day) => monthLater(day, 1),
};

/** A day that cannot be chosen cannot hold the keyboard either: the nearest day that can. */
function within(day: Day, min: Day | undefined, max: Day | undefined): Day {
  if (min !== undefined && day < min) return min;
  return max !== undefined && day > max ? max : day;
}

/** A month in Chinese, whatever language the browser has: weeks begin on Monday, arrows move, Enter chooses. */
export function DateCalendar({ id, field, input, value, min, max, onClose, onChoose }: DateCalendarProps) {
  const today = todayInChina();
  const [day, setDay] = useState(() => within(value ?? today, min, max));
  const grid = useRef<HTMLTableElement>(null);
  const outside = (each: Day) => (min !== undefined && each < min) || (max !== undefined && each > max);
  const placed = useRef(false);
  // The keyboard follows the day. At first it waits for the popup to be placed; then it moves as soon as the month is
  // drawn, because a focused day that leaves the grid loses the keyboard to the popup, which knows no arrows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keyboard follows the day
  useLayoutEffect(() => {
    const focus = () => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    if (placed.current) return focus();
    const frame = requestAnimationFrame(() => {
      placed.current = true;
      focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [day]);
  const go = (to: Day) => setDay(within(to, min, max));
  function move(event: KeyboardEvent) {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    go(step(day));
  }
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal container={field.current?.closest('dialog') ?? document.body}>
        <Popover.Positioner
          className={style.positioner}
          anchor={field}
          positionMethod="fixed"
          align="start"
          sideOffset={2}
          collisionPadding={8}
        >
          <Popover.Popup id={id} className={style.popup} aria-label="日历" initialFocus={false} finalFocus={input}>
            <div className={style.head}>
              <Button small kind="quiet" aria-label="上个月" onClick={() => go(monthLater(day, -1))}>
                ‹
              </Button>
              <strong aria-live="polite">{monthTitle(day)}</strong>
              <Button small kind="quiet" aria-label="下个月" onClick={() => go(monthLater(day, 1))}>
                ›
              </Button>
            </div>
            <table ref={grid} className={style.month} aria-label={monthTitle(day)} onKeyDown={move}>
              <thead>
                <tr>
                  {weekdays.map((name) => (
                    <th key={name} scope="col" aria-label={`星期${name}`}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {daysOfMonth(day).map((week) => (
                  <tr key={week[0]}>
                    {week.map((each) => (
                      <td key={each}>
                        <button
                          type="button"
                          tabIndex={each === day ? 0 : -1}
                          data-day={each}
                          aria-label={each}
                          aria-pressed={each === value}
                          aria-current={each === today ? 'date' : undefined}
                          data-beside={each.slice(0, 7) !== day.slice(0, 7) || undefined}
                          disabled={outside(each)}
                          onClick={() => onChoose(each)}
                        >
                          {Number(each.slice(8))}
                        </button>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            <Button small kind="quiet" disabled={outside(today)} onClick={() => onChoose(today)}>
              今天
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
