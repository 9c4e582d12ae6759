import { useEffect, useState } from 'react';
import * as files from '#contract/files/attachments.ts';
import { call } from '../call/call.ts';
import { asProblem, type ProblemError } from '../call/problem.ts';
import { useRead } from '../call/queries.ts';
import { Button } from '../kit/action/Button.tsx';
import { ErrorPanel } from '../kit/feedback/ErrorPanel.tsx';
import { Loaded } from '../kit/feedback/Loaded.tsx';
import type { AttachedFile } from './attached-file.ts';
import style from './FilePreview.module.css';
import { type FilePlace, PdfFrame } from './PdfFrame.tsx';

/** The content of one file that is viewable, on the page, opened where it is pointed at. */
export function FileView({ file, place = null }: { file: AttachedFile; place?: FilePlace | null }) {
  if (file.view === 'sheets' || file.view === 'text') return <Contents file={file} />;
  return <Shown file={file} place={place} />;
}

/** The address of a file; undefined while it comes. */
function useAddress(attachmentId: string): { address?: string; problem?: ProblemError } {
  const [found, setFound] = useState<{ address?: string; problem?: ProblemError }>({});
  useEffect(() => {
    let left = false;
    call(files.address, { params: { attachmentId }, body: { mode: 'show' } }).then(
      ({ address }) => left || setFound({ address }),
      (error: unknown) => left || setFound({ problem: asProblem(error) }),
    );
    return () => {
      left = true;
    };
  }, [attachmentId]);
  return found;
}

/** A picture, a film, a sound or a PDF: the browser draws and plays it. */
function Shown({ file, place }: { file: AttachedFile; place: FilePlace | null }) {
  const { address, problem } = useAddress(file.id);
  const [failed, setFailed] = useState(false);
  if (problem) return <ErrorPanel problem={problem} />;
  if (failed) return <p>这个文件无法在页面里显示，请下载后打开。</p>;
  if (address === undefined) return <p className="caption">正在打开……</p>;
  const fail = () => setFailed(true);
  if (file.view === 'picture') {
    return (
      <div className={style.marked}>
        <img className={style.picture} src={address} alt={file.name} onError={fail} />
        {place?.region && <div className={style.region} title="标出的区域" style={boxOf(place.region)} />}
      </div>
    );
  }
  if (file.view === 'pdf') return <PdfFrame name={file.name} from={address} place={place} onFail={fail} />;
  // Evidence comes as it was recorded, without captions.
  const sound = { src: address, controls: true, onError: fail, 'aria-label': file.name };
  if (file.view === 'audio') return <audio className={style.sound} {...sound} />;
  return <video className={style.picture} {...sound} preload="metadata" />;
}

const boxOf = ({ left, top, width, height }: NonNullable<FilePlace['region']>) => ({
  ...{ insetInlineStart: `${left * 100}%`, insetBlockStart: `${top * 100}%` },
  ...{ inlineSize: `${width * 100}%`, blockSize: `${height * 100}%` },
});

/** The rows of a workbook, or the text of a document. */
function Contents({ file }: { file: AttachedFile }) {
  // Each opening of the file asks once: of a marked one the audit counts them.
  const contents = useRead(
    files.preview,
    { params: { attachmentId: file.id } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always' },
  );
  const [sheetAt, setSheetAt] = useState(0);
  return (
    <Loaded of={contents} shape="text">
      {({ sheets, blocks, more }) => {
        const sheet = sheets[sheetAt];
        return (
          <>
            {sheets.length > 1 && (
              <fieldset className={style.tabs}>
                <legend className="visually-hidden">工作表</legend>
                {sheets.map(({ name }, at) => (
                  <Button key={name} small aria-pressed={at === sheetAt} onClick={() => setSheetAt(at)}>
                    {name}
                  </Button>
                ))}
              </fieldset>
            )}
            {sheet && <Rows rows={sheet.rows} label={sheet.name} />}
            {placed(blocks).map(({ at: key, one: block }) => {
              if (block.kind === 'table') return <Rows key={key} rows={block.rows} label={`第 ${key + 1} 段的表格`} />;
              if (block.kind === 'heading') return <h3 key={key}>{block.text}</h3>;
              return block.kind === 'paragraph' ? <p key={key}>{block.text}</p> : <Item key={key} {...block} />;
            })}
            {sheets.length === 0 && blocks.length === 0 && <p className="caption">文件里没有内容。</p>}
            {(more || sheet?.more) && <p className="caption">后面还有内容，请下载后查看全部。</p>}
          </>
        );
      }}
    </Loaded>
  );
}

/** An item of a list with the mark that the document counts. */
function Item({ mark, level, text }: { mark: string; level: number; text: string }) {
  return (
    <p className={style.item} style={{ marginInlineStart: `${level * 1.5}rem` }}>
      <span>{mark}</span>
      <span>{text}</span>
    </p>
  );
}

/** Rows, cells and blocks of a file have no name but their place, and never move. */
const placed = <One,>(all: readonly One[]) => all.map((one, at) => ({ at, one }));

function Rows({ rows, label }: { rows: readonly (readonly string[])[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={style.scroll} aria-label={label} tabIndex={0}>
      <table className={style.rows}>
        <tbody>
          {placed(rows).map(({ at: row, one: cells }) => (
            <tr key={row}>
              {placed(cells).map(({ at: column, one: cell }) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
