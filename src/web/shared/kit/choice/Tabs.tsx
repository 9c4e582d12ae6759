import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import style from './Tabs.module.css';

export interface Tab<Key extends string> {
  key: Key;
  label: string;
  count?: number;
}

interface TabsProps<Key extends string> {
  /** What the tabs choose between, for screen readers. */
  label: string;
  tabs: ReadonlyArray<Tab<Key>>;
  value: Key;
  onChange: (key: Key) => void;
  /** The visible part has the screen for itself: nothing is chosen here. */
  alone?: boolean;
  children: ReactNode;
}

/** Parts of one page of which one is visible; the address says which one. */
export function Tabs<Key extends string>({ label, tabs, value, onChange, alone, children }: TabsProps<Key>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  function walk(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.key === value);
    const to: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const target = to[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const index = (target + tabs.length) % tabs.length;
    const tab = tabs[index];
    if (!tab) return;
    onChange(tab.key);
    list.current?.querySelectorAll('button')[index]?.focus();
  }
  return (
    <>
      {!alone && (
        <div ref={list} className={`${style.tabs} screen-only`} role="tablist" aria-label={label} onKeyDown={walk}>
          {tabs.map((tab) => (
            <button
              key={tab.key}
              type="button"
              role="tab"
              id={`${id}-${tab.key}`}
              aria-selected={tab.key === value}
              aria-controls={`${id}-panel`}
              tabIndex={tab.key === value ? 0 : -1}
              className={style.tab}
              onClick={() => onChange(tab.key)}
            >
              {tab.label}
              {tab.count !== undefined && <span className={style.count}>{tab.count}</span>}
            </button>
          ))}
        </div>
      )}
      <div {...(alone ? {} : { role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-${value}` })}>
        {children}
      </div>
    </>
  );
}
