import { type ReactNode, useState } from 'react';
import type { AnyRoute, RouteArguments } from '#contract/route.ts';
import { call } from '../../call/call.ts';
import { asProblem } from '../../call/problem.ts';
import { formatNumber, formatPercent } from '../../words/format.ts';
import { toast } from '../feedback/toast.ts';
import { Button, type ButtonKind } from './Button.tsx';

interface DownloadProps<R extends AnyRoute> {
  route: R;
  input: RouteArguments<R>;
  kind?: ButtonKind;
  small?: boolean;
  disabled?: boolean;
  /** The verb: `下载模板`. */
  children: ReactNode;
}

/** Fetches a file by its route, shows the progress, and passes it to the browser to save. */
export function Download<R extends AnyRoute>({ route, input, children, ...look }: DownloadProps<R>) {
  const [progress, setProgress] = useState<string | null>(null);
  async function fetchFile() {
    setProgress('准备中');
    try {
      const reply = await call(route, input, {
        onProgress: (received, total) =>
          setProgress(total ? formatPercent(received / total) : `${formatNumber(received / 1024)} KB`),
      });
      save(reply as { fileName: string; contentType: string; body: Uint8Array<ArrayBuffer> });
    } catch (error) {
      toast.problem(asProblem(error));
    } finally {
      setProgress(null);
    }
  }
  return (
    <Button {...look} disabled={look.disabled || progress !== null} onClick={() => void fetchFile()}>
      {children}
      {progress && <span role="status"> {progress}</span>}
    </Button>
  );
}

/** Passes bytes to the browser under a file name. */
export function save(file: { fileName: string; contentType: string; body: Uint8Array<ArrayBuffer> }): void {
  const address = URL.createObjectURL(new Blob([file.body], { type: file.contentType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
