import { useRef } from 'react';
import { toast } from '../feedback/toast.ts';
import { Button } from './Button.tsx';

/** Copies a text that stands beside it in short, such as a digest. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const whole = useRef<HTMLSpanElement>(null);
  function copy() {
    const selection = getSelection();
    if (!whole.current || !selection) return;
    selection.selectAllChildren(whole.current);
    // The newer `navigator.clipboard` does not exist where an office opens the desk by http at an address of its own.
    const copied = document.execCommand('copy');
    selection.removeAllRanges();
    toast.say(copied ? '已复制' : '没有复制成功，请手工抄录');
  }
  return (
    <>
      <span ref={whole} className="visually-hidden">
        {text}
      </span>
      <Button small kind="quiet" aria-label={label} onClick={copy}>
        复制
      </Button>
    </>
  );
}
