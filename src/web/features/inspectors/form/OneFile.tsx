import { useMemo, useSyncExternalStore } from 'react';
import { FileButton } from '#web/shared/files/Uploader.tsx';
import { UploadNotes } from '#web/shared/files/upload-note.ts';
import { type Attaching, UploadQueue } from '#web/shared/files/upload-queue.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { tabPost } from '#web/shared/session/tab-post.ts';

interface OneFileProps {
  inspectorId: string;
  part: string;
  /** What the button says. */
  label: string;
  /** The types that the dialog of the browser offers. */
  accept?: string;
  /** What is said while nothing is on its way. */
  standing: string;
  attach: Attaching;
  onAttached?: () => void;
}

/** The one file of a part of an inspector: the next one takes its place. */
export function OneFile({ inspectorId, part, label, accept, standing, attach, onAttached = () => {} }: OneFileProps) {
  const { person } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a queue lives as long as its button is shown
  const queue = useMemo(() => {
    const notes = new UploadNotes(localStorage, person.id, tabPost());
    return new UploadQueue({ subjectType: 'inspector', subjectId: inspectorId, part }, notes, onAttached, attach);
  }, [inspectorId, part, person.id]);
  const [last] = useSyncExternalStore(queue.subscribe, queue.read).slice(-1);
  const send = (chosen: File) => {
    // The fault of a file before would stand there again once this one is through.
    for (const { id, state } of queue.read()) if (state === 'failed') queue.dismiss(id);
    queue.add([chosen]);
  };
  return (
    <div className="screen-only">
      <FileButton
        label={label}
        {...(accept === undefined ? {} : { accept })}
        onFiles={([chosen]) => chosen && send(chosen)}
      />
      <p className="caption" role={last?.state === 'failed' ? 'alert' : 'status'}>
        {last === undefined ? standing : (last.fault ?? '正在传送和检查')}
      </p>
    </div>
  );
}
