import { useRef } from 'react';
import { Button } from '../action/Button.tsx';
import { toast } from '../feedback/toast.ts';
import style from './Secret.module.css';

/** A link, a password or a token that is shown once, whole and ready to be copied. */
export function Secret({ text, verb = '复制' }: { text: string; verb?: string }) {
  const shown = useRef<HTMLElement>(null);
  function copy() {
    const selection = getSelection();
    if (!shown.current || !selection) return;
    selection.selectAllChildren(shown.current);
    // The newer `navigator.clipboard` does not exist where an office opens the desk by http at an address of its own.
    const copied = document.execCommand('copy');
    toast.say(copied ? '已复制' : '已选中，请按 Ctrl C 复制');
  }
  return (
    <>
      <code ref={shown} className={style.secret}>
        {text}
      </code>
      <p>
        <Button onClick={copy}>{verb}</Button>
      </p>
    </>
  );
}
