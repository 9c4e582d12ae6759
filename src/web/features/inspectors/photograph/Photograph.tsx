import { ownPhotograph, photograph, setOwnPhotograph, setPhotograph } from '#contract/inspectors/inspectors.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import type { Attaching } from '#web/shared/files/upload-queue.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { OneFile } from '../form/OneFile.tsx';
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
  return (
    <OneFile
      inspectorId={inspectorId}
      part="photograph"
      label={has ? '更换照片' : '上传照片'}
      accept="image/jpeg,image/png,image/webp"
      standing="JPEG、PNG 或 WebP，显示和印制时裁成方形，留上部"
      attach={attach}
      onAttached={() => {
        void refreshAfter(setPhotograph);
        toast.say('照片已登记。');
      }}
    />
  );
}
