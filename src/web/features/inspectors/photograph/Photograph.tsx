import { useMemo, useSyncExternalStore } from 'react';
import { ownPhotograph, photograph, setOwnPhotograph, setPhotograph } from '#contract/inspectors/inspectors.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { FileButton } from '#web/shared/files/Uploader.tsx';
import { UploadNotes } from '#web/shared/files/upload-note.ts';
import { type Attaching, UploadQueue } from '#web/shared/files/upload-queue.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { tabPost } from '#web/shared/session/tab-post.ts';
import style from './Photograph.module.css';

interface PhotographProps {
  inspectorId: string;
  /** For those who do not see it: 林督学的照片. */
  name: string;
  mayBring: boolean;
}

/** The photograph as the office keeps it. */
export function Photograph({ inspectorId, ...props }: PhotographProps) {
  const params = { inspectorId };
  const picture = useRead(photograph, { params }, { staleTime: 60_000 }).data?.picture;
  const attach: Attaching = (uploadId) => call(setPhotograph, { params, body: { uploadId } });
  return <Shown {...props} inspectorId={inspectorId} picture={picture} attach={attach} />;
}

/** The photograph as the person brings it with the own form. */
export function OwnPhotograph({ inspectorId, ...props }: PhotographProps) {
  const params = { inspectorId };
  const picture = useRead(ownPhotograph, { params }, { staleTime: 60_000 }).data?.picture;
  const attach: Attaching = (uploadId) => call(setOwnPhotograph, { params, body: { uploadId } });
  return <Shown {...props} inspectorId={inspectorId} picture={picture} attach={attach} />;
}

function Shown({
  inspectorId,
  name,
  mayBring,
  picture,
  attach,
}: PhotographProps & { picture: string | null | undefined; attach: Attaching }) {
  if (picture === undefined || (picture === null && !mayBring)) return null;
  return (
    <div className={style.photograph}>
      {picture !== null && <img className={style.picture} src={picture} alt={`${name}的照片`} />}
      {mayBring && <Bring inspectorId={inspectorId} attach={attach} has={picture !== null} />}
    </div>
  );
}

function Bring({ inspectorId, attach, has }: { inspectorId: string; attach: Attaching; has: boolean }) {
  const { person } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a queue lives as long as the entry is shown
  const queue = useMemo(() => {
    const notes = new UploadNotes(localStorage, person.id, tabPost());
    const done = () => {
      void refreshAfter(setPhotograph);
      toast.say('照片已登记。');
    };
    return new UploadQueue(
      { subjectType: 'inspector', subjectId: inspectorId, part: 'photograph' },
      notes,
      done,
      attach,
    );
  }, [inspectorId, person.id]);
  const [last] = useSyncExternalStore(queue.subscribe, queue.read).slice(-1);
  return (
    <div className="screen-only">
      <FileButton
        label={has ? '更换照片' : '上传照片'}
        accept="image/jpeg,image/png,image/webp"
        onFiles={([chosen]) => chosen && queue.add([chosen])}
      />
      <p className="caption" role={last?.state === 'failed' ? 'alert' : 'status'}>
        {last === undefined ? 'JPEG、PNG 或 WebP，显示和印制时裁成方形，留上部' : (last.fault ?? '正在传送和检查')}
      </p>
    </div>
  );
}
