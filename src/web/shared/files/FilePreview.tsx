import { markOf } from '#domain/file/marked-file.ts';
import { Button } from '../kit/action/Button.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { type AttachedFile, saveFile } from './attached-file.ts';
import style from './FilePreview.module.css';
import { FileView } from './FileView.tsx';
import { markSaid } from './file-words.ts';

interface FilePreviewProps {
  /** The files that can be looked at, in their order. */
  files: readonly AttachedFile[];
  shown: string;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** One file large, and the others by the arrow keys. */
export function FilePreview({ files: all, shown, onShow, onClose }: FilePreviewProps) {
  const at = all.findIndex(({ id }) => id === shown);
  const file = all[at];
  const go = (step: number) => {
    const next = all[at + step];
    if (next) onShow(next.id);
  };
  if (file === undefined) return null;
  const mark = markOf(file);
  return (
    <Dialog
      open
      size="wide"
      title={file.name}
      onClose={onClose}
      actions={
        <>
          <span className="caption">
            {at + 1} / {all.length}
          </span>
          <Button disabled={at === 0} onClick={() => go(-1)}>
            上一个
          </Button>
          <Button disabled={at === all.length - 1} onClick={() => go(1)}>
            下一个
          </Button>
          <Button onClick={() => void saveFile(file)}>下载</Button>
        </>
      }
    >
      {mark && <p className={style.mark}>{markSaid(mark)}</p>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are a second way; the buttons are the first */}
      <div
        className={style.view}
        onKeyDown={({ key, target }) => {
          // A film has arrow keys of its own.
          if ((target as Element).closest('video, audio')) return;
          if (key === 'ArrowLeft') go(-1);
          if (key === 'ArrowRight') go(1);
        }}
      >
        <FileView key={file.id} file={file} />
      </div>
    </Dialog>
  );
}
