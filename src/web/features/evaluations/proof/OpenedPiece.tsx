import { useState } from 'react';
import { useRead } from '#web/shared/call/queries.ts';
import { isViewable, listFiles, saveFile } from '#web/shared/files/attached-file.ts';
import { FileView } from '#web/shared/files/FileView.tsx';
import { formatSize } from '#web/shared/files/file-words.ts';
import { Uploader } from '#web/shared/files/Uploader.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import style from './ProofSide.module.css';

/** The files of a piece: the first that can be looked at is drawn at once. */
export function OpenedPiece({ evidenceId, mayAttach }: { evidenceId: string; mayAttach: boolean }) {
  const files = useRead(listFiles, { query: { subjectType: 'evidence', subjectId: evidenceId } });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Loaded of={files} shape="text">
      {({ rows, mayAttach: may }) => {
        const shown = rows.find(({ id }) => id === chosen) ?? rows.find(isViewable) ?? rows[0];
        return (
          <div className={style.opened}>
            {rows.length === 0 && <p className="caption">还没有附上文件。</p>}
            {rows.map((file) => (
              <Row key={file.id}>
                <button
                  type="button"
                  className={style.file}
                  aria-current={file.id === shown?.id || undefined}
                  onClick={() => setChosen(file.id)}
                >
                  {file.name}
                </button>
                <span className="caption">{[file.kind, formatSize(file.size)].join(' · ')}</span>
                <Button small kind="quiet" aria-label={`下载${file.name}`} onClick={() => void saveFile(file)}>
                  下载
                </Button>
              </Row>
            ))}
            {shown && isViewable(shown) && (
              <div className={style.view}>
                <FileView key={shown.id} file={shown} />
              </div>
            )}
            {shown && !isViewable(shown) && <p className="caption">这种文件不能在页面里显示，请下载后打开。</p>}
            {mayAttach && may && <Uploader subjectType="evidence" subjectId={evidenceId} part={null} />}
          </div>
        );
      }}
    </Loaded>
  );
}
