import { Autocomplete } from '@base-ui/react/autocomplete';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDeskContext } from '#web/shared/context.tsx';
import { mayOpen, useSession } from '#web/shared/session.tsx';
import type { ListedPage } from './menu.ts';
import style from './Palette.module.css';
import { type Found, type FoundGroup, findHere, groupTitles } from './palette-finders.ts';
import { useFoundThere } from './useFoundThere.ts';

interface PaletteProps {
  pages: readonly ListedPage[];
  onClose: () => void;
}

interface Group {
  value: FoundGroup;
  items: Found[];
}

/** `Ctrl K`: the way to any unit, school, person, page or act by name, code or pinyin initials. */
export function Palette({ pages, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useOpen(onClose);
  const [text, setText] = useState('');
  const { groups, empty, problem } = useFound(text, pages);
  useEffect(() => {
    dialog.current?.showModal();
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
          // Choosing leads away; it does not write the choice into the field.
          if (reason !== 'item-press') setText(next);
        }}
        itemToStringValue={(item: Found) => item.title}
      >
        <div className={style.sheet}>
          <Autocomplete.Input
            type="search"
            aria-label="按名称、代码或拼音首字母查找"
            placeholder="单位、学校、人员、页面或操作：名称、代码、拼音首字母"
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
          <Autocomplete.Status className={style.foot}>
            {problem ?? (empty ? '没有找到。可换用代码或拼音首字母。' : '↑ ↓ 选择，回车打开，Esc 关闭')}
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
          <Autocomplete.GroupLabel className={style.group}>{groupTitles[group.value]}</Autocomplete.GroupLabel>
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

/** Opens what was found: a page, or the unit of the top bar. */
function useOpen(onClose: () => void): (item: Found) => void {
  const navigate = useNavigate();
  const { setUnit } = useDeskContext();
  return (item) => {
    onClose();
    if (item.unitId !== undefined) setUnit(item.unitId);
    else void navigate({ to: item.to as '/', params: item.params as never, search: (item.search ?? {}) as never });
  };
}

/** What this desk finds at once and the server a moment later, in groups. */
function useFound(text: string, pages: readonly ListedPage[]) {
  const session = useSession();
  const { units } = useDeskContext();
  const there = useFoundThere(text);
  const groups = useMemo(() => {
    const here = findHere(text, { pages, units, allowed: (permission) => mayOpen(session, permission) });
    const all = [...here, ...there.found.filter((item) => here.every((known) => known.key !== item.key))];
    const names = Object.keys(groupTitles) as FoundGroup[];
    return names
      .map((value): Group => ({ value, items: all.filter((item) => item.group === value) }))
      .filter(({ items }) => items.length > 0);
  }, [text, pages, units, session, there.found]);
  return { groups, empty: groups.length === 0 && !there.busy, problem: there.problem };
}
