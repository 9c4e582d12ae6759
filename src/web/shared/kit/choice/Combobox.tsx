import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import style from './Combobox.module.css';

export interface Choice<Value> {
  value: Value;
  label: string;
  /** Beside the label, fainter: a code, the unit above. */
  note?: string;
  /** Further texts by which it is found: codes, pinyin initials. */
  terms?: string;
}

interface ComboboxProps<Value> {
  label: string;
  /** The label is drawn by a field around it. */
  labelledBy?: string;
  value: Choice<Value> | null;
  onChange: (choice: Choice<Value> | null) => void;
  /** All choices, searched here … */
  options?: ReadonlyArray<Choice<Value>>;
  /** … or a search on the server. */
  find?: (text: string, signal: AbortSignal) => Promise<ReadonlyArray<Choice<Value>>>;
  placeholder?: string;
  id?: string;
  invalid?: boolean;
}

/** Chooses one of many by typing: name, code or pinyin initials. */
export function Combobox<Value>(props: ComboboxProps<Value>) {
  const { label, labelledBy, value, onChange, options, find, placeholder, invalid } = props;
  const ownId = useId();
  const id = props.id ?? ownId;
  const [text, setText] = useState<string | null>(null);
  const [found, setFound] = useState<ReadonlyArray<Choice<Value>>>([]);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const open = text !== null;

  useEffect(() => {
    if (text === null) return;
    if (options) {
      setFound(matching(options, text));
      setAt(0);
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      find?.(text, control.signal)
        .then((choices) => {
          setFound(choices);
          setAt(0);
        })
        .catch(() => setFound([]));
    }, 200);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [text, options, find]);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function choose(choice: Choice<Value> | undefined) {
    if (choice) onChange(choice);
    setText(null);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setText('');
      else setAt((index) => (index + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setText(null);
    }
  }

  return (
    <div className={style.root}>
      <input
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        aria-label={labelledBy ? undefined : label}
        aria-labelledby={labelledBy}
        aria-invalid={invalid || undefined}
        placeholder={placeholder ?? '输入名称、代码或拼音首字母'}
        value={text ?? value?.label ?? ''}
        onFocus={(event) => event.target.select()}
        onClick={() => !open && setText('')}
        onBlur={() => setText(null)}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === '') onChange(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={style.list} hidden={!open}>
        {found.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above holds the keyboard
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input (aria-activedescendant)
          <div
            key={`${choice.label}-${choice.note ?? index}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={style.option}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(choice)}
          >
            <span>{choice.label}</span>
            {choice.note && <span className={style.note}>{choice.note}</span>}
          </div>
        ))}
        {open && found.length === 0 && <div className={style.none}>没有找到</div>}
      </div>
    </div>
  );
}

/** The choices whose label, note or terms hold every word of the text; at most 50. */
export function matching<Value>(options: ReadonlyArray<Choice<Value>>, text: string): ReadonlyArray<Choice<Value>> {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return options
    .filter((option) => {
      const haystack = `${option.label} ${option.note ?? ''} ${option.terms ?? ''}`.toLowerCase();
      return words.every((word) => haystack.includes(word));
    })
    .slice(0, 50);
}
