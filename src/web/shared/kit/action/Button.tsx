import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import { KeyHint } from '../words/KeyHint.tsx';
import style from './Button.module.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** At most one primary button a page; `danger` destroys or takes back; `quiet` stands inside text and rows. */
  kind?: ButtonKind;
  busy?: boolean;
  small?: boolean;
  /** Shown beside the verb where a key has the same effect. */
  hotkey?: string;
}

export function Button({ kind = 'plain', busy, small, hotkey, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classes(kind, small, className)}
    >
      <span className={busy ? style.busy : undefined}>{children}</span>
      {hotkey && <KeyHint keys={hotkey} />}
    </button>
  );
}

interface LinkLookProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  kind?: ButtonKind;
  small?: boolean;
}

/** A link that looks like a button, for going to a page. The router checks its address and search. */
export const ButtonLink = createLink(({ kind = 'plain', small, className, ...rest }: LinkLookProps) => (
  <a {...rest} className={classes(kind, small, className)} />
));

function classes(kind: ButtonKind, small: boolean | undefined, more: string | undefined): string {
  return [style.button, style[kind], small && style.small, more].filter(Boolean).join(' ');
}
