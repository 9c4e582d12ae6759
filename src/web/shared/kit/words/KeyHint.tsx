import style from './KeyHint.module.css';

/** The key that does the same as the button beside it: `J`, `Ctrl K`. Not said aloud, not shown on a phone. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={style.keys} aria-hidden="true">
      {keys}
    </span>
  );
}
