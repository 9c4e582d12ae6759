import { useEffect } from 'react';
import { late, useLate } from '../late.tsx';
import type { ComboboxProps } from './choice.ts';

const field = late(() => import('./ComboboxField.tsx'));
const usualPlaceholder = '输入名称、代码或拼音';

/** Chooses one of many by typing: name, code or pinyin initials. */
export function Combobox<Value>({ placeholder = usualPlaceholder, ...props }: ComboboxProps<Value>) {
  const part = useLate(field);
  useLoading();
  if (part) return <part.ComboboxField {...props} placeholder={placeholder} />;
  return <input id={props.id} aria-label={props.label} disabled placeholder={placeholder} />;
}

/** Begins to load the field, and tries again whenever the network is back. */
function useLoading() {
  useEffect(() => {
    const load = () => void field.load().catch(() => {});
    load();
    addEventListener('online', load);
    return () => removeEventListener('online', load);
  }, []);
}
