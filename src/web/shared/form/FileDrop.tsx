import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../kit/action/Button.tsx';
import style from './FileDrop.module.css';

interface FileDropProps {
  /** The kind of file: `Excel 文件`. */
  label: string;
  /** `.xlsx,.xls` */
  accept: string;
  /** The limits of the file. */
  note: string;
  onFile: (file: File) => void;
  disabled?: boolean;
  /** At the far end: the template. */
  children?: ReactNode;
}

/** A file to be read: chosen, or dropped here. The browser's own control uses the browser's language, not ours. */
export function FileDrop({ label, accept, note, onFile, disabled = false, children }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={style.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file && !disabled) onFile(file);
      }}
    >
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after it was corrected.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <Button kind="primary" disabled={disabled} onClick={() => input.current?.click()}>
        {/^[A-Za-z0-9]/.test(label) ? `选择 ${label}` : `选择${label}`}
      </Button>
      <span className="caption">
        或把文件拖到这里，{accept.replaceAll(',', '、')}，{note}
      </span>
      <span className={style.beside}>{children}</span>
    </div>
  );
}
