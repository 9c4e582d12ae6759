import { OneFile } from './OneFile.tsx';

interface PaperFileProps {
  inspectorId: string;
  part: string;
  /** The upload that goes along with the paper; null while none has come. */
  uploadId: string | null;
  onBrought: (uploadId: string) => void;
}

/** The file of a plan or a summary: it is sent at once, and hangs when the paper is handed in. */
export function PaperFile({ inspectorId, part, uploadId, onBrought }: PaperFileProps) {
  return (
    <OneFile
      inspectorId={inspectorId}
      part={part}
      label={uploadId === null ? '附上文件' : '换一个文件'}
      standing={uploadId === null ? '可以只附文件，不填正文' : '文件已传好，随材料一起提交'}
      attach={async (brought) => onBrought(brought)}
    />
  );
}
