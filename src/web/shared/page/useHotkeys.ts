import { useEffectEvent, useLayoutEffect } from 'react';

type Keys = Record<string, (event: KeyboardEvent) => void>;

/** `ctrl+s`, `shift+a`, `j`, `?`, `arrowdown`; on a Mac the command key counts as ctrl. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const modifiers = [
    (event.ctrlKey || event.metaKey) && 'ctrl',
    event.altKey && 'alt',
    event.shiftKey && key.length > 1 && 'shift',
  ];
  return [...modifiers.filter(Boolean), key].join('+');
}

function typing(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A focused checkbox does not use Esc, so the page gets it.
  if (name === 'escape' && target instanceof HTMLInputElement && target.type === 'checkbox') return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/**
 * Keys of the page. Plain letters do nothing while somebody types, while a dialog is open or while an input method is
 * composing; combinations with ctrl work everywhere.
 */
export function useHotkeys(keys: Keys, { when = true }: { when?: boolean } = {}): void {
  const listen = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    const name = keyName(event);
    const handler = keys[name];
    if (!handler) return;
    if (!name.startsWith('ctrl+') && (typing(event.target, name) || document.querySelector('dialog[open]'))) return;
    event.preventDefault();
    handler(event);
  });
  // Before the page is painted, so that the keys work as soon as the person sees their target, also on a slow machine.
  useLayoutEffect(() => {
    if (!when) return;
    const heard = (event: KeyboardEvent) => listen(event);
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, [when]);
}
