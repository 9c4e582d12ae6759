import { useEffect, useEffectEvent } from 'react';

/**
 * Enter does the main act of the page where nothing else uses the key: no field, button or link has the focus, or it is the
 * line of the tree that is open already.
 */
export function useEnter(act: () => void): void {
  const heard = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || event.repeat || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { target } = event;
    const isOpenLine = target instanceof Element && target.matches('[role="treeitem"][aria-selected="true"]');
    if ((target !== document.body && !isOpenLine) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => heard(event);
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
