import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useDeskContext } from '#web/shared/context.tsx';
import { mayOpen, useSession } from '#web/shared/session.tsx';
import type { ListedPage } from './menu.ts';
import style from './Palette.module.css';
import { type Found, findHere, groupTitles } from './palette-finders.ts';
import { useFoundThere } from './useFoundThere.ts';

interface PaletteProps {
  pages: readonly ListedPage[];
  onClose: () => void;
}

/** `Ctrl K`: the way to any unit, school, person, page or act by name, code or pinyin initials. */
export function Palette({ pages, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const session = useSession();
  const { units, setUnit } = useDeskContext();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const there = useFoundThere(text);

  const found = useMemo(() => {
    const here = findHere(text, { pages, units, allowed: (permission) => mayOpen(session, permission) });
    return [...here, ...there.found.filter((item) => here.every((known) => known.key !== item.key))];
  }, [text, pages, units, session, there.found]);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function open(item: Found | undefined) {
    if (!item) return;
    onClose();
    if (item.unitId !== undefined) setUnit(item.unitId);
    else void navigate({ to: item.to as '/', params: item.params as never, search: (item.search ?? {}) as never });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((index) => (index + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Escape') {
      // The browser would only empty the field.
      event.preventDefault();
      onClose();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(found[at]);
    }
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way and comes as `cancel`
    <dialog
      ref={dialog}
      className={style.palette}
      aria-label="搜索"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={style.sheet}>
        <input
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found[at] ? `palette-${at}` : undefined}
          aria-label="按名称、代码或拼音首字母查找"
          placeholder="单位、学校、人员、页面或操作：名称、代码、拼音首字母"
          autoComplete="off"
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div ref={list} id="palette-list" role="listbox" aria-label="搜索结果" className={style.list}>
          {found.map((item, index) => (
            <div key={item.key} role="presentation">
              {found[index - 1]?.group !== item.group && (
                <div className={style.group} role="presentation">
                  {groupTitles[item.group]}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input above holds the keyboard */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input (aria-activedescendant) */}
              <div
                id={`palette-${index}`}
                role="option"
                aria-selected={index === at}
                className={style.option}
                onPointerMove={() => setAt(index)}
                onClick={() => open(item)}
              >
                <span>{item.title}</span>
                {item.note && <span className={style.note}>{item.note}</span>}
              </div>
            </div>
          ))}
        </div>
        <p className={style.foot} role="status">
          {there.problem ??
            (found.length === 0 && !there.busy ? '没有找到。可换用代码或拼音首字母。' : '↑ ↓ 选择，回车打开，Esc 关闭')}
        </p>
      </div>
    </dialog>
  );
}
