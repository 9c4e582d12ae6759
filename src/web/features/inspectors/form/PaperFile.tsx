import { useMemo, useSyncExternalStore } from 'react';
import { FileButton } from '#web/shared/files/Uploader.tsx';
import { UploadNotes } from '#web/shared/files/upload-note.ts';
import { UploadQueue } from '#web/shared/files/upload-queue.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { tabPost } from '#web/shared/session/tab-post.ts';

interface PaperFileProps {
  inspectorId: string;
  part: string;
  /** The upload that goes along with the paper; null while none has come. */
  uploadId: string | null;
  onBrought: (uploadId: string) => void;
}

/** The file of a plan or a summary: it is sent at once, and hangs when the paper is handed in. */
export function PaperFile({ inspectorId, part, uploadId, onBrought }: PaperFileProps) {
  const { person } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a queue lives as long as the dialog is open
  const queue = useMemo(
    () =>
      new UploadQueue(
        { subjectType: 'inspector', subjectId: inspectorId, part },
        new UploadNotes(localStorage, person.id, tabPost()),
        () => {},
        async (brought) => onBrought(brought),
      ),
    [inspectorId, part, person.id],
  );
  const [last] = useSyncExternalStore(queue.subscribe, queue.read).slice(-1);
  const standing = uploadId === null ? '可以只附文件，不填正文' : '文件已传好，随材料一起提交';
  return (
    <div className="screen-only">
      <FileButton
        label={uploadId === null ? '附上文件' : '换一个文件'}
        onFiles={([chosen]) => chosen && queue.add([chosen])}
      />
      <p className="caption" role={last?.state === 'failed' ? 'alert' : 'status'}>
        {last === undefined ? standing : (last.fault ?? '正在传送和检查')}
      </p>
    </div>
  );
}
