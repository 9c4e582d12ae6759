import { useEffect } from 'react';
import { late, useLate } from '../late.tsx';
import type { MultiSelectProps } from './choice.ts';

const field = late(() => import('./MultiSelectField.tsx'));
const usualPlaceholder = '输入名称、代码或拼音';

/** Chooses several of many by typing; the chosen values stand above the field, and Backspace removes the last one. */
export function MultiSelect<Value>({ placeholder = usualPlaceholder, ...props }: MultiSelectProps<Value>) {
  const part = useLate(field);
  useEffect(() => void field.load().catch(() => {}), []);
  if (part) return <part.MultiSelectField {...props} placeholder={placeholder} />;
  return <input id={props.id} aria-label={props.label} disabled placeholder={placeholder} />;
}
