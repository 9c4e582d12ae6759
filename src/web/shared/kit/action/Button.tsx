import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import { KeyHint } from '../words/KeyHint.tsx';
import style from './Button.module.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary button a page at most; `danger` destroys or takes back; `quiet` stands inside text and rows. */
  kind?: ButtonKind;
  busy?: boolean;
  small?: boolean;
  /** Shown beside the verb where a key does the same. */
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

/** A link that looks like a button: it goes somewhere, so it is a link. Address and search are checked by the router. */
export const ButtonLink = createLink(({ kind = 'plain', small, className, ...rest }: LinkLookProps) => (
  <a {...rest} className={classes(kind, small, className)} />
));

function classes(kind: ButtonKind, small: boolean | undefined, more: string | undefined): string {
  return [style.button, style[kind], small && style.small, more].filter(Boolean).join(' ');
}
