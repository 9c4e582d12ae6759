import { useState } from 'react';
import * as files from '#contract/files/attachments.ts';
import { markOf } from '#domain/file/marked-file.ts';
import { takeBack, useAct, useRead } from '../call/queries.ts';
import { Button } from '../kit/action/Button.tsx';
import { Loaded } from '../kit/feedback/Loaded.tsx';
import { toast } from '../kit/feedback/toast.ts';
import { late, WhenHere } from '../kit/late.tsx';
import { formatDate } from '../words/format.ts';
import style from './Attachments.module.css';
import { type AttachedFile, isOpen, isViewable, saveFile } from './attached-file.ts';
import { formatSize, markSaid } from './file-words.ts';
import { Uploader } from './Uploader.tsx';

const preview = late(() => import('./FilePreview.tsx'));
const period = late(() => import('./KeepPeriod.tsx'));
const marking = late(() => import('./MarkFile.tsx'));

const states: Readonly<Record<AttachedFile['state'], string | null>> = {
  open: null,
  unscanned: '文件过大，未能查毒',
  waiting: '正在查毒，查完才能打开',
  infected: '查出病毒，已封存',
  gone: '文件已清理',
  over: '保存期已过，不能打开',
  removed: '保存期已过，内容已清理',
  closed: '您不在可以打开的人员之内',
};

interface AttachmentsProps {
  subjectType: string;
  subjectId: string;
  /** The heading: 佐证材料. */
  title: string;
  /** Under a line, such as a note: no heading, nothing where nothing hangs, and a button opens the place to bring more. */
  inLine?: boolean;
}

/** The files of a subject: to look at, to save, to take off, and a place to bring more where the person may. */
export function Attachments({ subjectType, subjectId, title, inLine = false }: AttachmentsProps) {
  const list = useRead(files.list, { query: { subjectType, subjectId } });
  const [shown, setShown] = useState<string | null>(null);
  const [bringing, setBringing] = useState(!inLine);
  const viewable = list.data?.rows.filter(isViewable) ?? [];
  if (inLine && list.data?.rows.length === 0 && !list.data.mayAttach) return null;
  return (
    <section className={inLine ? style.inLine : style.files} aria-label={title}>
      {!inLine && <h2>{title}</h2>}
      <Loaded of={list} shape="text">
        {({ rows, mayAttach }) => (
          <>
            {rows.length === 0 && !inLine && (
              <p className="caption">{mayAttach ? '还没有附上文件。' : '没有附上文件。'}</p>
            )}
            {rows.length > 0 && (
              <ul className={style.list}>
                {rows.map((row) => (
                  <FileLine key={row.id} file={row} mayDetach={mayAttach} onShow={() => setShown(row.id)} />
                ))}
              </ul>
            )}
            {mayAttach && bringing && <Uploader subjectType={subjectType} subjectId={subjectId} part={null} />}
            {mayAttach && !bringing && (
              <span className="screen-only">
                <Button small kind="quiet" onClick={() => setBringing(true)}>
                  附上文件
                </Button>
              </span>
            )}
          </>
        )}
      </Loaded>
      {shown !== null && (
        <WhenHere late={preview}>
          {({ FilePreview }) => (
            <FilePreview files={viewable} shown={shown} onShow={setShown} onClose={() => setShown(null)} />
          )}
        </WhenHere>
      )}
    </section>
  );
}

function FileLine({ file, mayDetach, onShow }: { file: AttachedFile; mayDetach: boolean; onShow: () => void }) {
  const params = { attachmentId: file.id };
  const detach = useAct(files.detach, {
    done: `已移除“${file.name}”`,
    undo: () => () => void takeBack(files.restore, { params }, () => toast.say(`已恢复“${file.name}”`)),
  });
  const facts = [file.kind, formatSize(file.size), `${file.addedByName} ${formatDate(file.addedAt)} 附上`];
  const state = states[file.state];
  const [open, setOpen] = useState<'period' | 'mark' | null>(null);
  const close = () => setOpen(null);
  const mark = markOf(file);
  return (
    <li className={style.line}>
      <span className={style.name}>
        {isViewable(file) ? (
          <button type="button" className={style.open} onClick={onShow}>
            {file.name}
          </button>
        ) : (
          file.name
        )}
      </span>
      <span className="caption">
        {facts.join(' · ')}
        {file.aboutDay && ` · 材料日期 ${file.aboutDay}`}
        {file.note && ` · ${file.note}`}
        {mark && ` · ${markSaid(mark)}`}
        {state && ` · ${state}`}
        {file.removedOn && `（${file.removedOn}）`}
      </span>
      <span className={`${style.acts} screen-only`}>
        {isOpen(file) && (
          <Button small kind="quiet" aria-label={`下载${file.name}`} onClick={() => void saveFile(file)}>
            下载
          </Button>
        )}
        {file.mayMark && (
          <Button
            small
            kind="quiet"
            aria-label={mark ? `修改标记：${file.name}` : `标明${file.name}涉及未成年人`}
            onClick={() => setOpen('mark')}
          >
            {mark ? '修改标记' : '标明'}
          </Button>
        )}
        {file.mayKeep && (
          <Button small kind="quiet" aria-label={`调整${file.name}的保存期`} onClick={() => setOpen('period')}>
            保存期
          </Button>
        )}
        {mayDetach && (
          <Button
            small
            kind="quiet"
            aria-label={`移除${file.name}`}
            busy={detach.busy}
            onClick={() => void detach.act({ params })}
          >
            移除
          </Button>
        )}
      </span>
      {open === 'period' && mark && (
        <WhenHere late={period}>
          {({ KeepPeriod }) => <KeepPeriod file={{ ...file, ...mark }} mayShorten={mayDetach} onClose={close} />}
        </WhenHere>
      )}
      {open === 'mark' && (
        <WhenHere late={marking}>{({ MarkFile }) => <MarkFile file={file} read={mark} onClose={close} />}</WhenHere>
      )}
    </li>
  );
}
