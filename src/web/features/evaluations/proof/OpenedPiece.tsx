import { Fragment, useState } from 'react';
import { useRead } from '#web/shared/call/queries.ts';
import { isViewable, listFiles, saveFile } from '#web/shared/files/attached-file.ts';
import { FileView } from '#web/shared/files/FileView.tsx';
import { formatSize } from '#web/shared/files/file-words.ts';
import type { FilePlace } from '#web/shared/files/PdfFrame.tsx';
import { Uploader } from '#web/shared/files/Uploader.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { CopyButton } from '#web/shared/kit/action/CopyButton.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import style from './ProofSide.module.css';

interface OpenedPieceProps {
  evidenceId: string;
  mayAttach: boolean;
  /** Where the proof stands in it. */
  place?: FilePlace | null;
}

/** The files of a piece with who brought them and by which receipt: the first that can be looked at is drawn at once. */
export function OpenedPiece({ evidenceId, mayAttach, place = null }: OpenedPieceProps) {
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
              <Fragment key={file.id}>
                <Row>
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
                <p className="caption">
                  {file.addedByName} {formatDateTime(file.addedAt)} 上传 · 回执 {file.receipt}
                  {file.digest !== null && <Digest of={file.name} digest={file.digest} />}
                </p>
              </Fragment>
            ))}
            {shown && isViewable(shown) && (
              <div className={style.view}>
                <FileView key={`${shown.id} ${JSON.stringify(place)}`} file={shown} place={place} />
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

/** As many signs of a digest tell two files apart at a glance; the whole of it is copied. */
const shownSigns = 12;

function Digest({ of, digest }: { of: string; digest: string }) {
  return (
    <>
      {' '}
      · 校验码 <span title={digest}>{digest.slice(0, shownSigns)}…</span>{' '}
      <CopyButton text={digest} label={`复制${of}的校验码`} />
    </>
  );
}
