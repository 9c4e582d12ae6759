import { type ClipboardEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import * as files from '#contract/files/attachments.ts';
import { queryClient, refreshAfter, useRead } from '../call/queries.ts';
import { Button } from '../kit/action/Button.tsx';
import { toast } from '../kit/feedback/toast.ts';
import { useLeaveGuard } from '../page/useLeaveGuard.ts';
import { useSession } from '../session/session.tsx';
import { tabPost } from '../session/tab-post.ts';
import { formatSize, restWords, shareWords } from './file-words.ts';
import { MarkFields, useMarkForm } from './MarkFields.tsx';
import style from './Uploader.module.css';
import { isSameFile, type UploadNote, UploadNotes } from './upload-note.ts';
import { discard, type QueuedUpload, subjectKey, UploadQueue, type UploadTarget } from './upload-queue.ts';

const leaving = {
  title: '文件还没有传完',
  text: '离开本页后传送会停下；回到这里，再选一次同一个文件就从断处继续。',
  verb: '仍然离开',
};

/** Files chosen, dropped or pasted here go to the subject; what an earlier page left unfinished goes on from there. */
export function Uploader({ subjectType, subjectId, part }: UploadTarget) {
  const { person } = useSession();
  const target = useMemo(() => ({ subjectType, subjectId, part }), [subjectType, subjectId, part]);
  const notes = useMemo(() => new UploadNotes(localStorage, person.id, tabPost()), [person.id]);
  const queue = useMemo(() => new UploadQueue(target, notes, () => void refreshAfter(files.attach)), [target, notes]);
  const uploads = useSyncExternalStore(queue.subscribe, queue.read);
  useLeaveGuard(queue.busy ? leaving : null);
  const [over, setOver] = useState(false);
  const mark = useMarkForm();
  function add(chosen: readonly File[]) {
    const taken = mark.take();
    if (taken !== undefined) queue.add(chosen, taken);
  }
  function paste({ clipboardData }: ClipboardEvent) {
    const pasted = [...clipboardData.files];
    if (pasted.length > 0) add(pasted.map(named));
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are further ways; the button is the first
    <div
      className={`${style.uploader} screen-only`}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
      onPaste={paste}
    >
      <MarkFields {...mark} />
      <div className={style.choose}>
        <FileButton label="选择文件" onFiles={add} multiple />
        <span className="caption">也可以拖到这里，或粘贴图片；每个不超过 2 GB，断线后自动继续</span>
      </div>
      <Unfinished target={target} notes={notes} queue={queue} under={uploads} />
      {uploads.length > 0 && (
        <ul className={style.list} aria-label="正在传送的文件">
          {uploads.map((one) => (
            <UploadLine key={one.id} upload={one} queue={queue} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface FileButtonProps {
  label: string;
  multiple?: boolean;
  small?: boolean;
  /** The types that the dialog of the browser offers. */
  accept?: string;
  onFiles: (files: File[]) => void;
}

/** A button that opens the dialog in which files are chosen. */
export function FileButton({ label, multiple = false, small = false, accept, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`文件（${label}）`}
        multiple={multiple}
        accept={accept}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) onFiles(chosen);
        }}
      />
      <Button small={small} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}

const said: Readonly<Record<QueuedUpload['state'], string>> = {
  waiting: '等待传送',
  sending: '正在传送',
  paused: '已暂停',
  broken: '网络断开，恢复后自动继续',
  checking: '已传完，正在检查',
  failed: '没有传成',
  attached: '已附上',
};

function UploadLine({ upload, queue }: { upload: QueuedUpload; queue: UploadQueue }) {
  const { id, name, size, sent, rate, state, fault } = upload;
  const rest = state === 'sending' ? restWords(size - sent, rate) : null;
  const pace = state === 'sending' && rate > 0 ? `${formatSize(rate)}/秒` : null;
  const words = [said[state], `${formatSize(sent)} / ${formatSize(size)}`, pace, rest && `还需${rest}`];
  return (
    <li className={style.line}>
      <span className={style.name}>{name}</span>
      <span
        className={style.track}
        role="progressbar"
        aria-label={`${name}的传送进度`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={size === 0 ? 0 : Math.floor((100 * sent) / size)}
      >
        <span className={style.sent} style={{ inlineSize: size === 0 ? 0 : `${(100 * sent) / size}%` }} />
      </span>
      <span className="caption" role={state === 'failed' ? 'alert' : undefined}>
        {fault ?? words.filter(Boolean).join(' · ')}
      </span>
      <span className={style.acts}>
        {(state === 'sending' || state === 'broken' || state === 'waiting') && (
          <Button small kind="quiet" onClick={() => queue.pause(id)}>
            暂停
          </Button>
        )}
        {(state === 'paused' || (state === 'failed' && sent > 0 && sent < size)) && (
          <Button small kind="quiet" onClick={() => queue.resume(id)}>
            继续
          </Button>
        )}
        {state === 'failed' ? (
          <Button small kind="quiet" onClick={() => queue.dismiss(id)}>
            收起
          </Button>
        ) : (
          state !== 'checking' && (
            <Button small kind="quiet" onClick={() => void queue.cancel(id)}>
              取消
            </Button>
          )
        )}
      </span>
    </li>
  );
}

interface UnfinishedProps {
  target: UploadTarget;
  notes: UploadNotes;
  queue: UploadQueue;
  under: readonly QueuedUpload[];
}

/** What an earlier page of this browser began here: the browser cannot open the file by itself, the person chooses it again. */
function Unfinished({ target, notes, queue, under }: UnfinishedProps) {
  const kept = notes.of(subjectKey(target));
  const here = new Set(under.map(({ id }) => id));
  const left = [...kept].filter(([id]) => !here.has(id));
  const known = useRead(files.uploads, {}, { enabled: left.length > 0 });
  const pending = left.flatMap(([id, note]) => {
    const upload = known.data?.rows.find((row) => row.id === id && row.state !== 'refused');
    return upload ? [{ id, note, received: upload.received, size: upload.size }] : [];
  });
  if (pending.length === 0) return null;
  function choose(id: string, note: UploadNote, [file]: readonly File[]) {
    if (file === undefined) return;
    if (isSameFile(note, file)) queue.goOn(id, file, note.mark ?? null);
    else toast.say(`选的不是“${note.name}”，或它已被改动；请选原来的文件，或取消后重新传`);
  }
  function giveUp(id: string) {
    notes.forget(id);
    void discard(id).then(() => queryClient.invalidateQueries({ queryKey: [files.uploads.name] }));
  }
  return (
    <ul className={style.list} aria-label="没有传完的文件">
      {pending.map(({ id, note, received, size }) => (
        <li key={id} className={style.line}>
          <span className={style.name}>{note.name}</span>
          <span className="caption">上次传到 {shareWords(received, size)}</span>
          <span className={style.acts}>
            <FileButton
              small
              label={`再选一次同一个文件，从 ${shareWords(received, size)} 继续`}
              onFiles={(chosen) => choose(id, note, chosen)}
            />
            <Button small kind="quiet" onClick={() => giveUp(id)}>
              取消
            </Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A pasted picture has no name of its own. */
function named(file: File): File {
  if (file.name !== '' && file.name !== 'image.png') return file;
  const moment = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  return new File([file], `粘贴的图片 ${moment}.png`, { type: file.type });
}
