import { Autocomplete } from '@base-ui/react/autocomplete';
import { type NavigateOptions, useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useDeskContext } from '#web/shared/address/context.tsx';
import type { Found } from '#web/shared/desk/desk.ts';
import type { AllWords } from '#web/shared/desk/registry.ts';
import { mayOpen, useSession } from '#web/shared/session/session.tsx';
import { findHere } from './find-here.ts';
import type { ListedPage } from './menu.ts';
import style from './Palette.module.css';
import { useFoundThere } from './useFoundThere.ts';

interface PaletteProps {
  pages: readonly ListedPage[];
  words: AllWords;
  onClose: () => void;
  /** Signs out. */
  onLeave: () => void;
}

interface Group {
  /** Its heading. */
  value: string;
  items: Found[];
}

/** `Ctrl K`: finds any unit, school, person, page or act by name, code or pinyin initials. */
export function Palette({ pages, words, onClose, onLeave }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useOpen(onClose, onLeave);
  const [text, setText] = useState('');
  const { groups, empty, problem } = useFound(text, pages, words);
  const said = problem ?? (empty ? '没有找到。可换用代码或拼音。' : null);
  // It is closed while it still stands, so that the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way and comes as `cancel`
    <dialog
      ref={dialog}
      className={style.palette}
      aria-label="搜索"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <Autocomplete.Root
        inline
        open
        mode="none"
        filter={null}
        autoHighlight="always"
        items={groups}
        value={text}
        onValueChange={(next, { reason }) => {
          // A choice leads to another place; it is not written into the field.
          if (reason !== 'item-press') setText(next);
        }}
        itemToStringValue={(item: Found) => item.title}
      >
        <div className={style.sheet}>
          <Autocomplete.Input
            type="search"
            aria-label="按名称、代码或拼音查找"
            placeholder="单位、学校、人员、页面或操作：名称、代码、拼音"
            autoFocus
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
              // The browser and the list would only empty the field.
              event.preventDefault();
              event.preventBaseUIHandler();
              onClose();
            }}
          />
          <Results onOpen={open} />
          <Autocomplete.Status className={said === null ? `${style.foot} ${style.hints}` : style.foot}>
            {said ?? <span>↑ ↓ 选择，回车打开，Esc 关闭</span>}
          </Autocomplete.Status>
        </div>
      </Autocomplete.Root>
    </dialog>
  );
}

function Results({ onOpen }: { onOpen: (item: Found) => void }) {
  return (
    <Autocomplete.List className={style.list} aria-label="搜索结果">
      {(group: Group) => (
        <Autocomplete.Group key={group.value} items={group.items}>
          <Autocomplete.GroupLabel className={style.group}>{group.value}</Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(item: Found) => (
              <Autocomplete.Item key={item.key} value={item} className={style.option} onClick={() => onOpen(item)}>
                <span>{item.title}</span>
                {item.note && <span className={style.note}>{item.note}</span>}
              </Autocomplete.Item>
            )}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
}

/** Opens the found entry: a page, the unit of the top bar, or the way out. */
function useOpen(onClose: () => void, onLeave: () => void): (item: Found) => void {
  const navigate = useNavigate();
  const { setUnit } = useDeskContext();
  return (item) => {
    onClose();
    if (item.unitId !== undefined) setUnit(item.unitId);
    else if (item.link === undefined) onLeave();
    else void navigate({ search: {}, ...item.link } as NavigateOptions);
  };
}

/** The entries in groups: this desk finds its own at once, and the server's come a moment later. */
function useFound(text: string, pages: readonly ListedPage[], words: AllWords) {
  const session = useSession();
  const { units } = useDeskContext();
  const actions = useMemo(
    () => words.actions.filter(({ permission }) => mayOpen(session, permission)),
    [words, session],
  );
  const finders = useMemo(
    () => words.finders.filter(({ permission }) => mayOpen(session, permission)),
    [words, session],
  );
  const there = useFoundThere(text, finders);
  const groups = useMemo(() => {
    const here = findHere(text, { pages, actions, units });
    const all = [...here, ...there.found.filter((item) => here.every((known) => known.key !== item.key))];
    return [...new Set(all.map(({ group }) => group))].map(
      (value): Group => ({ value, items: all.filter(({ group }) => group === value) }),
    );
  }, [text, pages, actions, units, there.found]);
  return { groups, empty: groups.length === 0 && !there.busy, problem: there.problem };
}
