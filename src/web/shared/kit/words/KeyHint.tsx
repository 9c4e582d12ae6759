import style from './KeyHint.module.css';

/** The key with the same effect as the button beside it: `J`, `Ctrl K`. Hidden from screen readers and in a small window. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={style.keys} aria-hidden="true">
      {keys}
    </span>
  );
}
